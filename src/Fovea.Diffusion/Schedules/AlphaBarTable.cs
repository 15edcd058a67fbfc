namespace Fovea.Diffusion.Schedules;

/// <summary>ᾱ_t = Π_{s≤t} (1 − β_s) for each kind of schedule.</summary>
internal static class AlphaBarTable
{
    public static double[] Compute(NoiseScheduleOptions options)
    {
        if (options.Kind == ScheduleKind.Rectified) return Rectified(options.Timesteps);
        var alphaBar = new double[options.Timesteps];
        var product = 1.0;
        for (var t = 0; t < alphaBar.Length; t++)
        {
            product *= 1 - Beta(options, t);
            alphaBar[t] = product;
        }

        if (options.ZeroTerminalSnr) RescaleToZeroTerminalSnr(alphaBar);
        return alphaBar;
    }

    // The shares of signal and noise in the variance of (1 − s)·x0 + s·ε.
    private static double[] Rectified(int timesteps) => [.. Enumerable.Range(1, timesteps).Select(t =>
    {
        var (signal, noise) = ((timesteps - t) / (double)timesteps, t / (double)timesteps);
        return signal * signal / (signal * signal + noise * noise);
    })];

    private static double Beta(NoiseScheduleOptions options, int t)
    {
        var position = t / (options.Timesteps - 1.0);
        switch (options.Kind)
        {
            case ScheduleKind.Linear:
                return options.FirstBeta + (options.LastBeta - options.FirstBeta) * position;
            case ScheduleKind.ScaledLinear:
                var (first, last) = (Math.Sqrt(options.FirstBeta), Math.Sqrt(options.LastBeta));
                var root = first + (last - first) * position;
                return root * root;
            default:
                var ratio = CosineSquared(options, t + 1) / CosineSquared(options, t);
                return Math.Min(1 - ratio, options.CosineMaximumBeta);
        }
    }

    private static double CosineSquared(NoiseScheduleOptions options, int t)
    {
        var angle = ((double)t / options.Timesteps + options.CosineOffset) / (1 + options.CosineOffset) * Math.PI / 2;
        return Math.Cos(angle) * Math.Cos(angle);
    }

    /// <summary>
    /// Shifts √ᾱ so that its last value is 0 and stretches it so that its first value stays. Lin, Liu, Li, Yang, "Common
    /// diffusion noise schedules and sample steps are flawed", 2023, algorithm 1.
    /// </summary>
    private static void RescaleToZeroTerminalSnr(double[] alphaBar)
    {
        var first = Math.Sqrt(alphaBar[0]);
        var last = Math.Sqrt(alphaBar[^1]);
        for (var t = 1; t < alphaBar.Length; t++)
        {
            var root = (Math.Sqrt(alphaBar[t]) - last) * first / (first - last);
            alphaBar[t] = root * root;
        }
    }
}

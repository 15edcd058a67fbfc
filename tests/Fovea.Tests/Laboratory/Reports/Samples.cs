using Fovea.Devices.Compilation;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Laboratory.Reports;

/// <summary>Analyses with made-up figures that follow simple formulas, for reports to show.</summary>
internal static class Samples
{
    public static string[] Noises { get; } = ["depolarizing", "heavy-hex", "square-lattice", "trapped-ion"];

    /// <summary>The ansätze of those names at every size that they can be laid out on.</summary>
    public static AnsatzComparison Comparison(string[] names, IEnumerable<int> qubits, IEnumerable<int> layers)
    {
        AnsatzAnalysis[] cells =
        [
            .. from name in names
               let ansatz = AnsatzRegistry.Get(name)
               from n in qubits
               where ansatz.Wires.Allows(n)
               from l in layers
               select Analysis(ansatz, n, l),
        ];
        return new(cells, [.. Decays(cells)], "Y", false, 42, 75.25);
    }

    public static AnsatzAnalysis Analysis(string name, int n, int layers) => Analysis(AnsatzRegistry.Get(name), n, layers);

    public static AnsatzAnalysis Analysis(Ansatz ansatz, int n, int layers)
    {
        var subject = new AnsatzSubject(ansatz, n, layers);
        var parameters = ansatz.WeightCount(n, layers);
        var dead = ansatz.Name is "basic-entangler" or "hostile" ? 0 : n;
        return new()
        {
            Subject = subject,
            Seed = 42,
            Cost = Cost(n, layers, parameters, dead),
            Structure = Structure(ansatz, n, parameters, dead),
            Gradients = Gradients(ansatz, n, layers, parameters, dead),
            Entanglement = Entanglement(ansatz, n, layers),
            Expressibility = n > 10 ? null : Expressibility(layers),
            Spectrum = n > 8 ? null : Spectrum(n, layers),
            Resilience = [.. Noises.Select(noise => Resilience(ansatz, noise, n, layers))],
            Seconds = 0.125 * n,
        };
    }

    public static GradientDecay Decay(string name, int layers, double rate, GradientTrend trend, int first = 2, int last = 12) =>
        new(name, layers, [.. Enumerable.Range(first, last - first + 1)], rate, rate - 0.05, rate + 0.05, Math.Log(0.3), trend);

    /// <summary>A small comparison with everything that a report could trip over: nulls, a refusal, infinite and missing numbers, markup.</summary>
    public static AnsatzComparison Awkward()
    {
        var plain = Comparison(["strongly-entangling", "ese2-recon", "half-range"], [2, 4], [1, 3]);
        var hostile = AnsatzDefinition.Parse(
            "ansatz hostile\nabout <script>alert('x')</script> & \"quotes\" | pipes\nlayer\n    for i = 0 .. n-1\n"
                + "        RX i\n    end\nend\n",
            "hostile.ansatz");
        var bare = Analysis(hostile, 4, 3);
        bare = bare with
        {
            Cost = bare.Cost with { Engine = null, ForwardPerSecond = null, GradientPerSecond = null },
            Expressibility = null,
            Spectrum = null,
            Resilience =
            [
                bare.Resilience[0] with { RelativeError = new(double.PositiveInfinity, double.NaN, 64), Fidelity = new(double.NaN, double.NaN, 64) },
                new() { Noise = "heavy-hex", Refusal = "4 qubits, \"it\" has 3, no room." },
            ],
        };
        var none = new GradientDecay("hostile", 3, [4], null, double.NegativeInfinity, double.PositiveInfinity, null, GradientTrend.Unknown);
        return plain with { Cells = [.. plain.Cells, bare], Decays = [.. plain.Decays, none] };
    }

    private static CircuitCost Cost(int n, int layers, int parameters, int dead) => new()
    {
        Parameters = parameters,
        LiveParameters = parameters - dead,
        OneQubitGates = n + parameters,
        TwoQubitGates = n * layers,
        Depth = 3 + (layers * (n + 1)),
        Engine = "state vector",
        ForwardPerSecond = 4e7 / Math.Pow(2, n) / layers / n,
        GradientPerSecond = 1e7 / Math.Pow(2, n) / layers / n,
    };

    private static CircuitStructure Structure(Ansatz ansatz, int n, int parameters, int dead) => new()
    {
        DeadParameters =
        [
            .. Enumerable.Range(parameters - dead, dead)
                .Select(i => new DeadParameter(i, $"RZ(w{i}) {i % n}", "a rotation about Z before the measurement of Z")),
        ],
        Blocks = ansatz.Name == "half-range" && n % 2 == 0
            ? [.. Enumerable.Range(0, n / 2).Select(k => new[] { k, k + (n / 2) })]
            : [[.. Enumerable.Range(0, n)]],
        ConeWires = [.. Enumerable.Repeat(n, n)],
        Reach = [.. Enumerable.Repeat(Enumerable.Range(0, n).ToArray(), n)],
        IsIdentityWithoutEncoding = ansatz.Name is "hqconv" or "fqconv" or "fqconv-port",
    };

    private static StateExpressibility Expressibility(int layers) => new()
    {
        Divergence = new(0.02 + (0.5 / layers), 0.004, 5000),
        DivergenceEncoded = new(0.01 + (0.4 / layers), 0.003, 5000),
        Floor = 0.0037,
        Bins = 75,
    };

    private static double Rate(string name) => 0.12 * (Math.Abs(name.Sum(c => c)) % 7);

    private static GradientVariance Gradients(Ansatz ansatz, int n, int layers, int parameters, int dead)
    {
        var wiggle = 1 + (0.15 * Math.Sin((n * 3) + layers + ansatz.Name.Length));
        var variance = wiggle * 0.3 * Math.Exp(-Rate(ansatz.Name) * n * Math.Min(1, layers / 3.0)) / Math.Sqrt(layers);
        double Pair(int w, int k) => k >= parameters - dead ? 0 : variance * (1 + (0.1 * Math.Cos(w + k)));
        double[][] pairs = [.. Enumerable.Range(0, n).Select(w => Enumerable.Range(0, parameters).Select(k => Pair(w, k)).ToArray())];
        return new()
        {
            AllPairs = new(variance * (parameters - dead) / parameters, variance * 0.04, 256),
            LivePairs = new(variance, variance * 0.05, 256),
            ByOutput = [.. pairs.Select(row => new Estimate(row.Average(), variance * 0.1, 256))],
            ByParameter =
            [
                .. Enumerable.Range(0, parameters)
                    .Select(k => new Estimate(pairs.Average(row => row[k]), k < parameters - dead ? variance * 0.1 : 0, 256)),
            ],
            Pairs = pairs,
        };
    }

    private static StateEntanglement Entanglement(Ansatz ansatz, int n, int layers)
    {
        var haar = (Math.Pow(2, n) - 2) / (Math.Pow(2, n) + 1);
        var page = Math.Max(0.4, (n / 2) - (n % 2 == 0 ? 0.72 : 0.36));
        var reached = (1 - Math.Exp(-0.9 * layers)) * (ansatz.Name == "half-range" ? 0.55 : 0.8 + (0.03 * (ansatz.Name.Length % 7)));
        return new()
        {
            MeyerWallach = new(haar * reached * 0.95, 0.011, 512),
            MeyerWallachEncoded = new(haar * reached, 0.012, 512),
            MeyerWallachHaar = haar,
            HalfCutEntropy = new(page * reached * 0.9, 0.02, 512),
            HalfCutEntropyEncoded = new(page * reached, 0.02, 512),
            HalfCutEntropyHaar = page,
        };
    }

    private static FourierSpectrum Spectrum(int n, int layers) => new()
    {
        Terms = [.. Enumerable.Range(1, n).Select(w => Math.Min(1 << n, w * layers * 3))],
        HighestOrder = Math.Min(n, layers + 1),
        PowerByOrder = [.. Enumerable.Range(0, Math.Min(n, layers + 1) + 1)
            .Select(k => k == 0 ? Estimate.Exact(0) : new Estimate(Math.Pow(0.5, k), 0.01, 128))],
        Variance = new(0.21 / n, 0.004, 128),
    };

    private static NoiseResilience Resilience(Ansatz ansatz, string noise, int n, int layers)
    {
        var (strength, route) = noise switch { "heavy-hex" => (0.008, 0.9), "square-lattice" => (0.006, 0.4), "trapped-ion" => (0.004, 0), _ => (0.005, 0.0) };
        var swaps = (int)(route * n * layers * (0.4 + (0.1 * (ansatz.Name.Length % 5))));
        var gates = (n * layers) + (3 * swaps);
        var fidelity = Math.Exp(-strength * ((2 * gates) + (3 * n * layers)));
        return new()
        {
            Noise = noise,
            RelativeError = new(1 - Math.Pow(fidelity, 0.7), 0.01 * (1 - fidelity), 64),
            Fidelity = new(fidelity, 0.02 * (1 - fidelity), 64),
            Compiled = noise == "depolarizing" ? null : Compiled(noise, n, layers, gates, swaps),
        };
    }

    private static CompilationReport Compiled(string device, int n, int layers, int gates, int swaps) => new()
    {
        Device = device,
        Qubits = n,
        VirtualRotations = 4 * n * layers,
        Pulses = 4 * n * layers,
        Entanglers = gates,
        Swaps = swaps,
        Depth = 6 + (layers * (n + 4)) + swaps,
        Seconds = (device == "trapped-ion" ? 2e-4 : 3e-7) * gates,
        NoiseOperations = 5 * gates,
    };

    private static IEnumerable<GradientDecay> Decays(AnsatzAnalysis[] cells) =>
        from cell in cells
        group cell by (cell.Subject.Ansatz.Name, cell.Subject.Layers) into sizes
        let rate = Rate(sizes.Key.Name) * Math.Min(1, sizes.Key.Layers / 3.0)
        let trend = sizes.Count() < 3 ? GradientTrend.Unknown
            : rate - 0.05 > Math.Log(2) / 2 ? GradientTrend.Barren
            : rate + 0.05 < Math.Log(2) / 4 ? GradientTrend.Flat
            : GradientTrend.Falling
        select new GradientDecay(
            sizes.Key.Name, sizes.Key.Layers, [.. sizes.Select(cell => cell.Subject.Qubits)], rate, rate - 0.05, rate + 0.05,
            Math.Log(0.3 / Math.Sqrt(sizes.Key.Layers)), trend);
}

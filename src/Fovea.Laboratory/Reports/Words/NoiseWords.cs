using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Words;

/// <summary>Sentences about noise and what a device made the circuit pay.</summary>
internal static class NoiseWords
{
    public static string Of(NoiseResilience noise) =>
        noise.Refusal is not null
            ? $"It can't run under {noise.Noise}: {noise.Refusal.TrimEnd('.')}."
            : $"Under {noise.Noise} noise its relative error is {Estimates.Text(noise.RelativeError)}{Fidelity(noise)}{Price(noise)}.";

    private static string Fidelity(NoiseResilience noise) =>
        noise.Fidelity is { } fidelity && double.IsFinite(fidelity.Value) ? $" and its fidelity {Estimates.Text(fidelity)}" : "";

    private static string Price(NoiseResilience noise) =>
        noise.Compiled is not { } compiled
            ? ""
            : $", with {Figures.Count(compiled.Entanglers, "native two-qubit gate")}"
                + (compiled.Swaps == 0 ? " and no SWAP to pay" : $", those of {Figures.Count(compiled.Swaps, "SWAP")} that it had to pay included");
}

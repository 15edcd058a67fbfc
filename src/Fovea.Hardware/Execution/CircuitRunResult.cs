using System.Collections.Immutable;

namespace Fovea.Hardware.Execution;

/// <summary>What running a circuit gave.</summary>
public sealed record CircuitRunResult
{
    /// <summary>[output], expectation values.</summary>
    public required ImmutableArray<double> Values { get; init; }

    /// <summary>[output], standard errors of the values; empty where they are exact.</summary>
    public required ImmutableArray<double> StandardErrors { get; init; }

    /// <summary>How it was computed, and why so.</summary>
    public required string Method { get; init; }

    /// <summary>What compilation inserted, a line for each compiled circuit; empty without a device.</summary>
    public required ImmutableArray<string> Inserted { get; init; }

    /// <summary>The bit strings of the shots, before any mitigation; null without shots.</summary>
    public OutcomeCounts? Counts { get; init; }
}

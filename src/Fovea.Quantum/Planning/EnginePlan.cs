using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.LightCones;

namespace Fovea.Quantum.Planning;

/// <summary>How a circuit will be evaluated, and why so.</summary>
public sealed class EnginePlan
{
    private readonly ImmutableArray<CircuitPart> _parts;
    private readonly ImmutableArray<EngineKind> _kinds;

    internal EnginePlan(
        Circuit circuit, IEnumerable<CircuitPart> parts, IEnumerable<EngineKind> kinds, IEnumerable<EngineCandidate> candidates, EngineCandidate chosen)
    {
        Circuit = circuit;
        _parts = [.. parts];
        _kinds = [.. kinds];
        Candidates = [.. candidates];
        Chosen = chosen;
    }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>Everything the planner looked at.</summary>
    public ImmutableArray<EngineCandidate> Candidates { get; }

    /// <summary>The one it took.</summary>
    public EngineCandidate Chosen { get; }

    /// <summary>The circuits that run, one after the other, each with its way. One that equals the whole circuit is not parted.</summary>
    public IReadOnlyList<(CircuitPart Part, EngineKind Kind)> Parts => [.. _parts.Zip(_kinds)];

    /// <summary>The engine.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="threads">Most threads one call may use, at least 1.</param>
    public IExpectationEngine<T> CreateEngine<T>(int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_parts.IsEmpty)
            return Create<T>(Circuit, _kinds[0], threads);
        var engines = Parts.Select(part => Create<T>(part.Part.Circuit, part.Kind, threads));
        return new PartitionedEngine<T>(Circuit, _parts, [.. engines], threads);
    }

    /// <summary>The choice, the parts and the ways not taken, in a few lines of text.</summary>
    public string Explain()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{GateListing.Header(Circuit)}\n");
        text.Append(CultureInfo.InvariantCulture, $"chosen: {Chosen.Name}, about {Chosen.Nanoseconds:N0} ns a circuit with its gradient on one thread\n");
        foreach (var (part, kind) in Parts)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  outputs {string.Join(' ', part.Outputs)}: wires {string.Join(' ', part.Wires)}, {part.Circuit.Operations.Length} "
                    + $"gates, {EngineNames.Of(kind)}\n");
        }

        foreach (var candidate in Candidates)
        {
            var time = candidate.IsPossible ? string.Create(CultureInfo.InvariantCulture, $"{candidate.Nanoseconds:N0} ns") : "not possible";
            text.Append(CultureInfo.InvariantCulture, $"{(candidate == Chosen ? '*' : ' ')} {candidate.Name}: {time} ({candidate.Remark})\n");
        }

        return text.ToString();
    }

    private static IExpectationEngine<T> Create<T>(Circuit circuit, EngineKind kind, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => kind switch
        {
            EngineKind.StateVector => new StateVectorEngine<T>(circuit, threads),
            EngineKind.Trigonometric => new TrigonometricEngine<T>(circuit, threads),
            EngineKind.Unitary => new UnitaryEngine<T>(circuit, threads),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an engine"),
        };
}

/// <summary>A way that a planner looked at.</summary>
/// <param name="Name">The engine, or the parts that light cones leave.</param>
/// <param name="Nanoseconds">Estimated time of one circuit, forward and gradient, on one thread; NaN when it cannot be used.</param>
/// <param name="Operations">Real additions and multiplications of one circuit with its gradient.</param>
/// <param name="Remark">What the estimate rests on, or why the way cannot be used.</param>
public sealed record EngineCandidate(string Name, double Nanoseconds, double Operations, string Remark)
{
    /// <summary>Whether the way can be used.</summary>
    public bool IsPossible => !double.IsNaN(Nanoseconds);

    /// <summary>A way that cannot be used.</summary>
    internal static EngineCandidate Impossible(string name, string reason) => new(name, double.NaN, double.NaN, reason);
}

/// <summary>The ways to evaluate a circuit.</summary>
public enum EngineKind
{
    /// <summary><see cref="Engines.StateVectorEngine{T}"/>: gate by gate, one circuit in each lane.</summary>
    StateVector,

    /// <summary><see cref="Engines.TrigonometricEngine{T}"/>: Pauli coefficients and products of Bloch vectors.</summary>
    Trigonometric,

    /// <summary><see cref="Engines.UnitaryEngine{T}"/>: one matrix for the whole batch.</summary>
    Unitary,
}

/// <summary>The names of engines in settings and on the command line.</summary>
public static class EngineNames
{
    /// <summary>"state-vector", "trigonometric", "unitary".</summary>
    public static string Of(EngineKind kind) => kind switch
    {
        EngineKind.StateVector => "state-vector",
        EngineKind.Trigonometric => "trigonometric",
        EngineKind.Unitary => "unitary",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an engine"),
    };
}

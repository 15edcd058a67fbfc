using System.Collections.Immutable;

namespace Fovea.Quantum.Circuits;

/// <summary>One gate on named wires. Equality compares kind, wires and angle.</summary>
public sealed class Operation : IEquatable<Operation>
{
    /// <summary>Creates an operation and checks its wires and angle against the gate.</summary>
    /// <param name="kind">The gate.</param>
    /// <param name="wires">Distinct wires, controls first; as many as the gate takes.</param>
    /// <param name="angle">The angle; given exactly when the gate takes one.</param>
    /// <exception cref="ArgumentException">A wire count, repeated or negative wire, or angle that does not fit the gate.</exception>
    public Operation(GateKind kind, ReadOnlySpan<int> wires, Angle? angle = null)
    {
        var info = GateInfo.Of(kind);
        if (wires.Length != info.WireCount)
            throw new ArgumentException($"{kind} takes {info.WireCount} wire(s), got {wires.Length}", nameof(wires));
        if (angle.HasValue != info.HasAngle)
            throw new ArgumentException($"{kind} takes {(info.HasAngle ? "one" : "no")} angle", nameof(angle));
        for (var i = 0; i < wires.Length; i++)
        {
            if (wires[i] < 0)
                throw new ArgumentException($"{kind} got the negative wire {wires[i]}", nameof(wires));
            if (wires[..i].Contains(wires[i]))
                throw new ArgumentException($"{kind} got wire {wires[i]} twice; its wires must differ", nameof(wires));
        }

        Kind = kind;
        Wires = [.. wires];
        Angle = angle;
    }

    /// <summary>The gate.</summary>
    public GateKind Kind { get; }

    /// <summary>Wires, controls first and target last.</summary>
    public ImmutableArray<int> Wires { get; }

    /// <summary>The angle, or null for a gate without one.</summary>
    public Angle? Angle { get; }

    /// <inheritdoc/>
    public bool Equals(Operation? other) =>
        other is not null && Kind == other.Kind && Angle == other.Angle && Wires.SequenceEqual(other.Wires);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Operation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Angle, Wires[0], Wires[^1]);

    /// <summary>As in gate lists: "RZ(w3) 0", "CNOT 0 1".</summary>
    public override string ToString() =>
        $"{Kind}{(Angle is { } angle ? $"({angle})" : "")} {string.Join(' ', Wires)}";
}

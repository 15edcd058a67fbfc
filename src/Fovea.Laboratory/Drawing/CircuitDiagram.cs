using System.Collections.Immutable;
using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>
/// A circuit laid out for drawing: its operations in columns, its sections, and the gates that no output depends on. An
/// operation takes all wires from its lowest to its highest; a section begins a column after everything before it.
/// </summary>
public sealed class CircuitDiagram
{
    private readonly ImmutableHashSet<int> _dead;

    /// <summary>Lays a circuit out.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="sections">Named stretches, by rising start; null for none.</param>
    /// <param name="dead">Indices of the operations to be marked as dead; null for none.</param>
    /// <exception cref="ArgumentException">Sections out of order, or a section or mark that names no operation.</exception>
    public CircuitDiagram(Circuit circuit, IEnumerable<CircuitSection>? sections = null, IEnumerable<int>? dead = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        Circuit = circuit;
        Sections = [.. sections ?? []];
        _dead = [.. dead ?? []];
        var count = circuit.Operations.Length;
        if (Sections.Zip(Sections.Skip(1)).Any(pair => pair.First.Start >= pair.Second.Start))
            throw new ArgumentException("each section must begin after the one before it", nameof(sections));
        if (Sections.Any(section => section.Start >= count))
            throw new ArgumentException($"a section begins after the last of {count} operations", nameof(sections));
        if (_dead.Any(index => index < 0 || index >= count))
            throw new ArgumentException($"a mark is outside the {count} operations", nameof(dead));
        Columns = ColumnPlacement.Of(circuit, Sections);
    }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The named stretches, by rising start.</summary>
    public ImmutableArray<CircuitSection> Sections { get; }

    /// <summary>The operations in columns, in time order.</summary>
    public ImmutableArray<DiagramColumn> Columns { get; }

    /// <summary>Whether any operation is marked as dead.</summary>
    public bool HasDead => !_dead.IsEmpty;

    /// <summary>The circuit of an ansatz with its sections, and with the gates marked that take a dead parameter.</summary>
    /// <param name="subject">The ansatz and its size.</param>
    /// <param name="dead">Parameters that no output depends on; null for none.</param>
    /// <param name="encode">Whether the circuit has its encoding.</param>
    public static CircuitDiagram Of(AnsatzSubject subject, IEnumerable<DeadParameter>? dead = null, bool encode = true)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var circuit = encode ? subject.WithEncoding() : subject.WithoutEncoding();
        var weights = (dead ?? []).Select(parameter => parameter.Index).ToHashSet();
        var marks = circuit.Operations.Index()
            .Where(entry => entry.Item.Angle is { Source: AngleSource.Weight } angle && weights.Contains(angle.Index))
            .Select(entry => entry.Index);
        return new CircuitDiagram(circuit, CircuitSection.Of(subject, encode), marks);
    }

    /// <summary>Whether an operation is marked as dead.</summary>
    /// <param name="operation">Index into the circuit's operations.</param>
    public bool IsDead(int operation) => _dead.Contains(operation);
}

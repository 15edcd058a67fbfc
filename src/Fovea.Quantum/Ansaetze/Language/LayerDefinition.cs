using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze.Language;

/// <summary>The gates of an ansatz, as its definition states them.</summary>
/// <param name="Source">Where the definition comes from.</param>
/// <param name="Initial">What comes once, before the first layer; or null.</param>
/// <param name="Layer">What every layer is.</param>
internal sealed record LayerDefinition(DefinitionSource Source, Section? Initial, Section Layer)
{
    /// <summary>Appends one layer, from 0, with all that comes before the first.</summary>
    /// <exception cref="Core.Errors.InputException">A statement breaks a rule at this number of wires.</exception>
    public void Append(CircuitBuilder builder, int layer)
    {
        var build = new LayerBuild(builder);
        if (layer == 0 && Initial is not null)
            Run(Initial, build, layer);
        build.StartSection();
        Run(Layer, build, layer);
    }

    private void Run(Section section, LayerBuild build, int layer) =>
        Statement.RunAll(section.Body, Frame.OfLayer(Source, build.WireCount, layer, section.FrameSize), build);
}

/// <summary>The gates of one layer while they are made: where they go, the layer's shared weights, and limits against endless files.</summary>
internal sealed class LayerBuild(CircuitBuilder builder)
{
    /// <summary>Most gates and unused weights of a layer.</summary>
    public const int MaxGates = 20_000;

    /// <summary>Most statements and rounds of loops that a layer may run through.</summary>
    public const int MaxSteps = 200_000;

    private readonly Dictionary<string, int> _shared = new(StringComparer.Ordinal);
    private long _gates;
    private int _steps;

    /// <summary>Number of wires.</summary>
    public int WireCount => builder.WireCount;

    /// <summary>Counts a statement or a round of a loop.</summary>
    public void Step(int line, Frame frame)
    {
        if (++_steps > MaxSteps)
            throw frame.Problem(line, $"the layer runs through more than {MaxSteps:N0} statements; shorten its loops");
    }

    /// <summary>A weight for one gate.</summary>
    public Angle NewWeight() => builder.NewWeight();

    /// <summary>The weight of that name, new where the layer has not used it yet.</summary>
    public Angle SharedWeight(string name, double factor)
    {
        if (!_shared.TryGetValue(name, out var index))
            _shared.Add(name, index = builder.NewWeight().Index);
        return Angle.Weight(index, factor);
    }

    /// <summary>Forgets the shared weights: another section has its own.</summary>
    public void StartSection() => _shared.Clear();

    /// <summary>Takes weights that no gate uses.</summary>
    public void TakeUnused(long count, int line, Frame frame)
    {
        Count(count, line, frame);
        for (var i = 0; i < count; i++)
            builder.NewWeight();
    }

    /// <summary>Appends a gate on wires that are known to fit it.</summary>
    public void Append(GateInfo gate, Angle? angle, ReadOnlySpan<int> wires, int line, Frame frame)
    {
        Count(1, line, frame);
        builder.Append(gate.Kind, angle, wires);
    }

    private void Count(long count, int line, Frame frame)
    {
        _gates += count;
        if (_gates > MaxGates)
            throw frame.Problem(line, $"the layer has more than {MaxGates:N0} gates and unused weights, the most allowed");
    }
}

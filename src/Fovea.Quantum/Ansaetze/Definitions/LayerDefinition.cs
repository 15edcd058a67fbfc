using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze.Definitions;

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

using Fovea.Core.Errors;

namespace Fovea.Training.Circuits;

/// <summary>What a quantum layer's circuits were given and returned for one image.</summary>
/// <param name="backend">After the network ran.</param>
/// <param name="width">Inputs of a circuit, and its outputs.</param>
/// <param name="groups">Circuits at a position.</param>
internal sealed class LayerRecording(RecordingBackend backend, (int Inputs, int Outputs) width, int groups)
{
    /// <summary>Side of the layer's square map.</summary>
    public int Side { get; } = (int)Math.Round(Math.Sqrt(backend.Inputs.Length / width.Inputs / (double)groups));

    /// <summary>Inputs at a position.</summary>
    /// <exception cref="InputException">The position or group does not exist.</exception>
    public double[] Inputs((int X, int Y) position, int group) =>
        backend.Inputs.AsSpan(Row(position, group) * width.Inputs, width.Inputs).ToArray();

    /// <summary>Expectation values at a position.</summary>
    /// <exception cref="InputException">The position or group does not exist.</exception>
    public double[] Expectations((int X, int Y) position, int group) =>
        backend.Expectations.AsSpan(Row(position, group) * width.Outputs, width.Outputs).ToArray();

    /// <summary>The layer orders its batch by image, row, column and group.</summary>
    private int Row((int X, int Y) position, int group)
    {
        if (position.X < 0 || position.X >= Side || position.Y < 0 || position.Y >= Side)
            throw new InputException($"--position {position.X},{position.Y} is outside the layer's {Side} × {Side} map; allowed: X 0 to {Side - 1}, Y 0 to {Side - 1}");
        if (group < 0 || group >= groups)
            throw new InputException($"--group {group} does not exist; allowed: {(groups == 1 ? "0" : $"0 to {groups - 1}")}");
        return (((position.Y * Side) + position.X) * groups) + group;
    }
}

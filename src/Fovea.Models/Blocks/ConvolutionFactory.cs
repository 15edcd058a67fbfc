using Fovea.Core.Errors;
using Fovea.Models.Circuits;
using static TorchSharp.torch;

namespace Fovea.Models.Blocks;

/// <summary>
/// Makes the second convolution of each residual block: the one place where a model and its quantum form differ. It counts the
/// places it was asked for, so that a setting that names a place the network does not have is an error.
/// </summary>
/// <param name="options">The circuit to use at the quantum places.</param>
/// <param name="quantumPlaces">Names of the places whose blocks are quantum.</param>
public sealed class ConvolutionFactory(QuantumOptions options, IReadOnlyList<string> quantumPlaces)
{
    private readonly SortedSet<string> _places = new(StringComparer.Ordinal);

    /// <summary>A layer [batch, channels, height, width] → the same shape: 3×3 convolution, or quantum convolution.</summary>
    public nn.Module<Tensor, Tensor> Create(string place, int channels)
    {
        _places.Add(place);
        return options.Enabled && quantumPlaces.Contains(place)
            ? new QuantumConvolution(channels, options)
            : nn.Conv2d(channels, channels, 3, padding: 1);
    }

    /// <summary>Throws <see cref="InputException"/> when a configured place does not exist in the network that was built.</summary>
    public void RequireAllPlacesExist(string setting)
    {
        foreach (var place in quantumPlaces.Where(p => !_places.Contains(p)))
            throw new InputException(
                $"{setting}: '{place}' is not a place in this network; allowed: {string.Join(", ", _places)}{NearestName.Hint(place, _places)}");
    }
}

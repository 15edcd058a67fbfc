using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Denoisers;

/// <summary>
/// Sinusoidal features of the timestep, then two linear layers. Vaswani et al. 2017, section 3.5; as used in Ho et al. 2020.
/// </summary>
public sealed class TimestepEmbedding : nn.Module<Tensor, Tensor>
{
    private const double LongestPeriod = 10_000;
    [ComponentName(Name = "frequencies")] private readonly Tensor _frequencies;
    [ComponentName(Name = "linear1")] private readonly Linear _linear1;
    [ComponentName(Name = "linear2")] private readonly Linear _linear2;

    /// <summary>Builds the embedding: <paramref name="features"/> sinusoids (even), <paramref name="channels"/> outputs.</summary>
    public TimestepEmbedding(int features, int channels) : base(nameof(TimestepEmbedding))
    {
        if (features % 2 != 0) throw new ArgumentException($"{features} features: an even number is needed, half cosines and half sines", nameof(features));
        var half = features / 2;
        var frequencies = Enumerable.Range(0, half).Select(i => (float)Math.Exp(-Math.Log(LongestPeriod) * i / half)).ToArray();
        _frequencies = tensor(frequencies);
        _linear1 = nn.Linear(features, channels);
        _linear2 = nn.Linear(channels, channels);
        RegisterComponents();
    }

    /// <summary>Timesteps [batch] (any number type) → [batch, channels].</summary>
    public override Tensor forward(Tensor timesteps)
    {
        var angles = timesteps.to_type(_frequencies.dtype).unsqueeze(1).mul(_frequencies.unsqueeze(0));
        return _linear2.call(nn.functional.silu(_linear1.call(cat([angles.cos(), angles.sin()], 1))));
    }
}

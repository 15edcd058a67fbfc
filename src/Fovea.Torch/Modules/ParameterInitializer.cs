using Fovea.Core.Random;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Modules;

/// <summary>
/// Fills the parameters of one module with random numbers that depend on the seed and the parameter's full name only, not on
/// the order of construction, the other parameters, the data type or the device.
/// </summary>
public sealed class ParameterInitializer
{
    private readonly ulong _seed;
    private readonly string _prefix;

    internal ParameterInitializer(ulong seed, string prefix)
    {
        _seed = seed;
        _prefix = prefix;
    }

    /// <summary>
    /// Fills with numbers uniform in [<paramref name="low"/>, <paramref name="high"/>).
    /// </summary>
    /// <param name="parameter">The parameter, changed in place.</param>
    /// <param name="name">Its name within the module, which selects the stream: <c>weight</c>, <c>angles</c>.</param>
    /// <param name="low">Lower bound, included.</param>
    /// <param name="high">Upper bound, excluded.</param>
    public void Uniform(Tensor parameter, string name, double low, double high) =>
        Fill(parameter, name, random => random.NextDouble(low, high));

    /// <summary>Fills with normal numbers of mean 0.</summary>
    /// <param name="parameter">The parameter, changed in place.</param>
    /// <param name="name">Its name within the module, which selects the stream.</param>
    /// <param name="standardDeviation">Standard deviation.</param>
    public void Normal(Tensor parameter, string name, double standardDeviation) =>
        Fill(parameter, name, random => standardDeviation * random.NextNormal());

    /// <summary>Fills with one value.</summary>
    public static void Constant(Tensor parameter, double value)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var number = (Scalar)value;
        parameter.fill_(number);
    }

    // Drawn in double precision and cast by copy_: a float32 and a float64 model of one seed start from the same numbers.
    private void Fill(Tensor parameter, string name, Func<CounterRandom, double> draw)
    {
        var random = new CounterRandom(_seed, StreamOf(_prefix + name));
        var values = new double[parameter.numel()];
        for (var i = 0; i < values.Length; i++) values[i] = draw(random);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        parameter.copy_(tensor(values).reshape(parameter.shape));
    }

    // FNV-1a of the UTF-16 code units: the same on every platform and in every version, unlike string.GetHashCode.
    private static ulong StreamOf(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in name) hash = (hash ^ unit) * 1099511628211UL;
        return hash;
    }
}

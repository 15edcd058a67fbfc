using Fovea.Core.Errors;

namespace Fovea.Torch.Training;

/// <summary>Constants of AdamW.</summary>
public sealed record AdamWOptions
{
    /// <summary>Decay of the gradient's running mean, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the squared gradient's running mean, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the squared gradient's mean; positive.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Decoupled weight decay, multiplied by the learning rate; not negative.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Throws when a value is out of its range.</summary>
    /// <exception cref="InputException">One line that names the setting and the allowed values.</exception>
    public void Validate()
    {
        Require(Beta1 is >= 0 and < 1, "beta1", Beta1, "from 0 to below 1");
        Require(Beta2 is >= 0 and < 1, "beta2", Beta2, "from 0 to below 1");
        Require(Epsilon is > 0 and < double.PositiveInfinity, "epsilon", Epsilon, "above 0");
        Require(WeightDecay is >= 0 and < double.PositiveInfinity, "weight decay", WeightDecay, "0 or more");
    }

    private static void Require(bool holds, string name, double value, string allowed)
    {
        if (!holds) throw new InputException($"optimizer: {name} is {value}; allowed: {allowed}");
    }
}

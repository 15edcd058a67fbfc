namespace Fovea.Quantum.Circuits;

/// <summary>Where a gate's angle comes from.</summary>
public enum AngleSource
{
    /// <summary>A number written into the circuit.</summary>
    Constant,

    /// <summary>A trainable weight, shared by the whole batch.</summary>
    Weight,

    /// <summary>An input, different for every sample.</summary>
    Input,

    /// <summary>The product of two inputs, as in the IQP encoding.</summary>
    InputProduct,
}

namespace Fovea.Torch.Modules;

/// <summary>
/// A module that knows how its own parameters start: one with bare parameters (circuit angles, learned scales), or one that
/// wants a child to start otherwise than the default (a last convolution of zeros).
/// </summary>
public interface ISeededModule
{
    /// <summary>
    /// Sets the initial values. Called by <see cref="SeededInitialization"/> without gradient tracking, after all children
    /// have been initialised, so that what is set here stays.
    /// </summary>
    /// <param name="initializer">Fills parameters from the stream of their name.</param>
    void InitializeParameters(ParameterInitializer initializer);
}

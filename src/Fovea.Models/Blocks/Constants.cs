using TorchSharp;

namespace Fovea.Models.Blocks;

/// <summary>Scalars used in hot code: held here for the process's life, since a dispose scope does not keep a scalar alive.</summary>
internal static class Constants
{
    internal static readonly Scalar One = 1f;
}

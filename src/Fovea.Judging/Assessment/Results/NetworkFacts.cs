namespace Fovea.Judging.Assessment.Results;

/// <summary>A feature network, so named that figures of two cannot be mistaken for each other.</summary>
/// <param name="Name">Its name: FundusNet, SqueezeNet, or an ONNX file's.</param>
/// <param name="Hash">SHA-256 of its file, lower-case hexadecimal.</param>
/// <param name="Dimensions">Features an image.</param>
/// <param name="Side">Side of its input in pixels.</param>
/// <param name="Input">How pixels are put to it: range, normalisation, order.</param>
/// <param name="IsInception">Whether it is the network that FID is defined on; only then a Fréchet distance is called FID.</param>
public sealed record NetworkFacts(string Name, string Hash, int Dimensions, int Side, string Input, bool IsInception)
{
    /// <summary>What its Fréchet distance is called.</summary>
    public string FrechetName => IsInception ? "FID" : $"FD({Name})";

    /// <summary>What its kernel distance is called.</summary>
    public string KernelName => IsInception ? "KID" : $"KD({Name})";
}

namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A factor times one input or times a product of two.</summary>
/// <param name="First">Index of the input.</param>
/// <param name="Second">Index of the other input of a product; −1 for one input alone.</param>
/// <param name="Coefficient">The factor.</param>
internal readonly record struct AngleTerm(int First, int Second, double Coefficient)
{
    public bool IsLinear => Second < 0;
}

using Fovea.Torch.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Torch.Modules;

/// <summary>
/// A two-dimensional convolution with a border of one zero, for kernels larger than 1×1: use it in place of TorchSharp's own, which
/// computes wrongly on the CPU. There the library (oneDNN 3.7.1 in libtorch 2.10) copies the weights into blocks of 8 to 64 channels.
/// Where the channels do not fill the last block, that copy fills it with zeros as if it were one piece of memory, although the
/// places of the kernel lie in between: zeros overwrite weights, and the places behind keep what the memory held before. On
/// AVX-512 the input gradient of 64 to 8 channels is off by two thirds, and it is NaN when old bytes happen to read as NaN; on
/// AVX2 outputs are off, too. So channels are filled up here; parameters keep their shapes. 1×1 kernels are not affected, nor are the
/// three channels of pictures, for which the library has kernels without blocks of inputs: filled up to 32 they would take ten times as long.
/// </summary>
public sealed class PaddedConvolution : nn.Module<Tensor, Tensor>
{
    // Blocks of 16, the numbers of a 512-bit register. The input gradient of a strided layer takes 64, 32 or 16 input channels at
    // once, and multiples of 32 leave nothing over.
    private const long Block = 16;
    private const long StridedBlock = 32;
    private const long Colours = 3;
    private readonly long _stride;
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    /// <summary>Builds the layer; the parameters are zero until <see cref="SeededInitialization"/>.</summary>
    /// <param name="inputChannels">Channels in.</param>
    /// <param name="outputChannels">Channels out.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Step between outputs.</param>
    public PaddedConvolution(long inputChannels, long outputChannels, long kernel = 3, long stride = 1) : base(nameof(PaddedConvolution))
    {
        NativeLog.Quieten();
        _stride = stride;
        _weight = nn.Parameter(zeros(outputChannels, inputChannels, kernel, kernel));
        _bias = nn.Parameter(zeros(outputChannels));
        RegisterComponents();
    }

    /// <summary>Step between outputs.</summary>
    public long Stride => _stride;

    /// <summary>[outputs, inputs, kernel, kernel].</summary>
    public Parameter Weight => _weight;

    /// <summary>[outputs].</summary>
    public Parameter Bias => _bias;

    /// <summary>What the products are computed in; parameters, inputs and outputs are float32 in either.</summary>
    public Precision Precision { get; set; }

    /// <summary>[batch, inputs, height, width] → [batch, outputs, …].</summary>
    public override Tensor forward(Tensor input)
    {
        var (outputs, inputs) = (_weight.shape[0], _weight.shape[1]);
        // Every device but a GPU ends in the CPU's library.
        var (moreOutputs, moreInputs) = input.device_type == DeviceType.CUDA
            ? (0, 0)
            : (Missing(outputs, Block), IsOfPictures(input, inputs) ? 0 : Missing(inputs, _stride > 1 ? StridedBlock : Block));
        if (moreInputs > 0) input = nn.functional.pad(input, [0, 0, 0, 0, 0, moreInputs]);
        var weight = moreInputs + moreOutputs > 0 ? nn.functional.pad(_weight, [0, 0, 0, 0, 0, moreInputs, 0, moreOutputs]) : _weight;
        var bias = moreOutputs > 0 ? nn.functional.pad(_bias, [0, moreOutputs]) : _bias;
        if (Precision == Precision.Mixed)
        {
            (input, weight, bias) = (input.to_type(ScalarType.BFloat16), weight.to_type(ScalarType.BFloat16), bias.to_type(ScalarType.BFloat16));
        }

        var output = nn.functional.conv2d(input, weight, bias, strides: [_stride, _stride], padding: [1, 1]);
        if (moreOutputs > 0) output = output.narrow(1, 0, outputs);
        return Precision == Precision.Mixed ? output.to_type(ScalarType.Float32) : output;
    }

    // The gradient of pictures themselves is computed in blocks again.
    private bool IsOfPictures(Tensor input, long inputs) => inputs == Colours && Precision == Precision.Full && !input.requires_grad;

    private static long Missing(long channels, long block) => (block - channels % block) % block;
}

/// <summary>The precision of a network.</summary>
public static class NetworkPrecision
{
    /// <summary>Lets all convolutions of a network but 1×1 ones compute in a precision; returns the network.</summary>
    public static TNetwork With<TNetwork>(this TNetwork network, Precision precision) where TNetwork : nn.Module
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach (var convolution in network.modules().OfType<PaddedConvolution>()) convolution.Precision = precision;
        return network;
    }
}

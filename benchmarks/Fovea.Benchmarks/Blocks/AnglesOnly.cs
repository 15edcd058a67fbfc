using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Benchmarks.Blocks;

/// <summary>A quantum convolution whose circuit is replaced by the identity: the angles themselves are its expectation values.</summary>
internal sealed class AnglesOnly : nn.Module<Tensor, Tensor>
{
    private readonly int _qubits;
    [ComponentName(Name = "project")] private readonly Conv2d _project;
    [ComponentName(Name = "scale")] private readonly Parameter _scale;
    [ComponentName(Name = "expand")] private readonly Conv2d _expand;

    public AnglesOnly(int channels, int qubits) : base(nameof(AnglesOnly))
    {
        _qubits = qubits;
        _project = nn.Conv2d(channels, qubits, 1);
        _scale = nn.Parameter(ones(qubits));
        _expand = nn.Conv2d(qubits, channels, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var (batch, height, width) = (input.shape[0], input.shape[2], input.shape[3]);
        using var pi = (Scalar)MathF.PI;
        var angles = _project.call(input).mul(_scale.view(1, -1, 1, 1)).tanh().mul(pi);
        var rows = angles.permute(0, 2, 3, 1).reshape(-1, _qubits).contiguous();
        return _expand.call(rows.view(batch, height, width, -1).permute(0, 3, 1, 2).contiguous());
    }
}

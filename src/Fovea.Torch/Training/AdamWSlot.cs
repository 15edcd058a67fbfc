using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>A parameter and its two moments.</summary>
internal sealed record AdamWSlot(string Name, Parameter Parameter, Tensor First, Tensor Second);

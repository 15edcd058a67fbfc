using Fovea.Core.Errors;
using Fovea.Torch.Runtime;
using TorchSharp;

namespace Fovea.Tests.Torch.Runtime;

[Collection(nameof(MemoryMeasurements))]
public class ComputeContextTests
{
    [Theory]
    [InlineData("auto", 0, "cpu", -1)]
    [InlineData("cpu", 2, "cpu", -1)]
    [InlineData("auto", 2, "cuda", 0)]
    [InlineData("cuda", 2, "cuda", 0)]
    [InlineData("cuda:1", 2, "cuda", 1)]
    public void Choose_TakesWhatThereIs(string name, int gpus, string kind, int number)
    {
        var device = ComputeDevices.Choose(name, new CudaFindings(true, gpus));
        Assert.Equal((kind, number), (device.Name(), device.index));
    }

    [Theory]
    [InlineData("cuda", false, 0, "-p:TorchBackend=cuda")]
    [InlineData("cuda:1", true, 0, "CUDA_VISIBLE_DEVICES")]
    [InlineData("cuda:1", true, 1, "allowed here: auto, cpu, cuda, cuda:0")]
    [InlineData("cuda:7", true, 2, "2 GPUs; allowed here: auto, cpu, cuda, cuda:0, cuda:1")]
    public void Choose_WhatIsNotThere_SaysWhatIs(string name, bool isBuilt, int gpus, string told)
    {
        var message = Assert.Throws<InputException>(() => ComputeDevices.Choose(name, new CudaFindings(isBuilt, gpus))).Message;
        Assert.Contains($"device = \"{name}\"", message);
        Assert.Contains(told, message);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("cudaa")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("CPU")]
    public void Start_UnknownName_NamesTheAllowed(string name)
    {
        var message = Assert.Throws<InputException>(() => ComputeContext.Start(1, name)).Message;
        Assert.Contains($"'{name}'", message);
        Assert.Contains("allowed: auto, cpu, cuda, cuda:N", message);
    }

    [Fact]
    public void Start_Cpu_HasItsThreadsAndPrecision()
    {
        var compute = ComputeContext.Start(1, "cpu", "mixed");
        Assert.Equal((DeviceType.CPU, 1, Precision.Mixed), (compute.Device.type, compute.Threads, compute.Precision));
    }

    [Fact]
    public void With_LeftToTheMachine_IsFloat32OnAGpu()
    {
        var gpu = new ComputeContext(new torch.Device(DeviceType.CUDA, 0), 1, Precision.Mixed);
        Assert.Equal(Precision.Full, gpu.With(Precisions.Automatic).Precision);
        Assert.Equal(Precision.Mixed, gpu.With("mixed").Precision);
    }
}

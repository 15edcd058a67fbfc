using System.Runtime.InteropServices;
using Fovea.Core.Errors;
using Fovea.Torch.Runtime;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Runtime;

[Collection(nameof(MemoryMeasurements))]
public class TorchRuntimeTests
{
    [Fact]
    public void Initialize_Threads_SetsThem()
    {
        var before = get_num_threads();
        try
        {
            TorchRuntime.Initialize(1);
            Assert.Equal(1, get_num_threads());
            TorchRuntime.Initialize();
            Assert.Equal(Environment.ProcessorCount, get_num_threads());
            using var sum = ones(1000).sum();
            Assert.Equal(1000, sum.item<float>());
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Initialize_OnLinux_HasThreadsSleepSoonUnlessTheUserSaysHowTheyWait()
    {
        if (!OperatingSystem.IsLinux()) return;
        TorchRuntime.Initialize(1);
        const string turns = "GOMP_SPINCOUNT";
        var asked = Environment.GetEnvironmentVariable(turns);
        var expected = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null ? asked ?? "1000" : asked;
        Assert.Equal(expected, Marshal.PtrToStringUTF8(NativeSetting(turns)));
    }

    [DllImport("libc.so.6", EntryPoint = "getenv")]
    private static extern IntPtr NativeSetting([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [Theory]
    [InlineData(-1)]
    [InlineData(1025)]
    public void Initialize_ThreadsOutOfRange_NamesTheRule(int threads)
    {
        var message = Assert.Throws<InputException>(() => TorchRuntime.Initialize(threads)).Message;
        Assert.Contains(threads.ToString(), message);
        Assert.Contains("1024", message);
    }
}

using Fovea.Tests.Torch;
using Fovea.Torch.Onnx;
using Fovea.Torch.Tensors;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Fovea.Tests.Export;

/// <summary>Runs graphs by ONNX Runtime, through a file as a user does.</summary>
internal static class GraphRunner
{
    /// <summary>What the only output is for float32 and int64 tensors, by the names of the inputs.</summary>
    internal static float[] Run(OnnxGraph graph, params (string Name, Tensor Value)[] inputs)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("graph.onnx");
        OnnxFile.Write(path, graph, "a test");
        using var settings = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(path, settings);
        var values = inputs.ToDictionary(input => input.Name, input => input.Value.dtype == ScalarType.Int64
            ? OrtValue.CreateTensorValueFromMemory(TensorSpans.ToArray<long>(input.Value), input.Value.shape)
            : OrtValue.CreateTensorValueFromMemory(TensorSpans.ToArray<float>(input.Value), input.Value.shape));
        using var options = new RunOptions();
        using var results = session.Run(options, values, [graph.Outputs[0].Name]);
        foreach (var value in values.Values) value.Dispose();
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Equal up to float32 rounding, of values that are not all alike.</summary>
    internal static void AssertEqual(Tensor expected, float[] actual, double tolerance = 2e-5)
    {
        var values = TensorSpans.ToArray<float>(expected);
        Assert.Equal(values.Length, actual.Length);
        Assert.True(values.Max() - values.Min() > 1e-2, "the values are all alike: they would hide a wrong place");
        var scale = Math.Max(1, values.Max(Math.Abs));
        for (var i = 0; i < values.Length; i++) Assert.Equal(values[i], actual[i], tolerance * scale);
    }
}

using Fovea.Core;

namespace Fovea.Judges.Features.Onnx;

/// <summary>The library that runs ONNX networks.</summary>
public static class OnnxLibrary
{
    /// <summary>
    /// Has it report to nobody, before it is loaded: by itself it sends what it runs on to its makers, and keeps a number for the device in the user's cache.
    /// </summary>
    public static void Quieten() => NativeEnvironment.SetUnlessSet("ORT_DISABLE_TELEMETRY", "1");
}

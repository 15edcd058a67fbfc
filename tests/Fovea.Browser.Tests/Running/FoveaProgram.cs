using System.Diagnostics;

namespace Fovea.Tests.Running;

/// <summary>The program as processes of their own, as a user starts it.</summary>
internal static class FoveaProgram
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);
    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "fovea.exe" : "fovea");

    /// <summary>Runs a command to its end, which must be a good one.</summary>
    internal static void Run(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(s_patience)) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"fovea {string.Join(' ', arguments)}: {process.ExitCode}\n{output.Result}{error.Result}");
    }

    /// <summary>Starts a command.</summary>
    internal static Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(s_file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        return Process.Start(start)!;
    }
}

using System.Diagnostics;
using Fovea.Cli.Terminal;

namespace Fovea.Tests.Cli;

/// <summary>The program as a child process.</summary>
internal static class FoveaProcess
{
    // Far above what any case takes, so that a hang fails instead of blocking; builds run these tests on busy machines.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "fovea.exe" : "fovea");

    public static FoveaResult Run(params IEnumerable<string> arguments) => Finish(Start(Program, arguments));

    /// <summary>Runs a bash script; the program's path is its $0, the arguments follow.</summary>
    public static FoveaResult RunScript(string script, params IEnumerable<string> arguments) => Finish(Start("bash", ["-c", script, Program, .. arguments]));

    public static Process Start(params IEnumerable<string> arguments) => Start(Program, arguments);

    private static Process Start(string file, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Threads of one tensor operation sleep while they wait for each other: tests share the machine with tests.
        info.Environment["OMP_WAIT_POLICY"] = "passive";
        // A user's other libtorch is not what is tested.
        info.Environment.Remove(OtherLibtorch.Variable);
        // Processes that live for a second gain nothing from profiles of their code.
        info.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(info)!;
    }

    /// <summary>Runs a copy of the program in an empty folder that lacks the tensor library.</summary>
    public static FoveaResult RunWithoutLibtorch(string folder, params IEnumerable<string> arguments)
    {
        Link(new DirectoryInfo(AppContext.BaseDirectory), folder, file => !file.StartsWith("libtorch_cpu", StringComparison.Ordinal));
        return Finish(Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(folder, "fovea.dll"), .. arguments]));
    }

    /// <summary>Links to files of a folder and of the folders in it, except of the program itself, which is copied: the host looks where it really lies.</summary>
    public static void Link(DirectoryInfo from, string to, Func<string, bool> takes)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in from.GetDirectories()) Link(folder, Path.Combine(to, folder.Name), takes);
        foreach (var file in from.GetFiles().Where(file => takes(file.Name)))
        {
            if (file.Name.StartsWith("fovea.", StringComparison.Ordinal)) file.CopyTo(Path.Combine(to, file.Name));
            else File.CreateSymbolicLink(Path.Combine(to, file.Name), file.FullName);
        }
    }

    public static FoveaResult Finish(Process process)
    {
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"still running after {Patience}: {process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}");
            }

            process.WaitForExit();
            return new FoveaResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
    }
}

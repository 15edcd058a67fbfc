using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Fovea.Core.Errors;
using Fovea.Torch.Runtime;

namespace Fovea.Cli.Terminal;

/// <summary>
/// The program over again, on another libtorch than its own: one with CUDA, out of its download or out of a PyTorch that pip installed. TorchSharp looks for
/// libtorch beside itself and nowhere else, and a process with two of them is aborted. So all assemblies are loaded a second time in this context, which hands
/// TorchSharp the other library wherever it asks for its own.
/// </summary>
internal sealed partial class OtherLibtorch : AssemblyLoadContext
{
    /// <summary>The environment variable that names the folder where no option does.</summary>
    internal const string Variable = "FOVEA_LIBTORCH";

    /// <summary>The version that TorchSharp was built with: functions of another are elsewhere.</summary>
    internal const string Version = "2.10.0";

    private const string Core = "libtorch_cpu.so";
    private readonly string _libraries;
    private readonly AssemblyDependencyResolver _own = new(Program);

    private OtherLibtorch(string libraries) : base(nameof(OtherLibtorch)) => _libraries = libraries;

    /// <summary>The option, for all commands.</summary>
    internal static Option<string?> Option { get; } = new("--libtorch")
    {
        Description = $"Where another libtorch or PyTorch {Version} lies, such as one with CUDA, to be used in place of the program's own; "
            + $"default: {Variable} (Linux).",
        HelpName = "DIR",
        Recursive = true,
    };

    private static string Program => typeof(OtherLibtorch).Assembly.Location;

    // By name: in this context its class is another than outside.
    private static bool IsHere => GetLoadContext(typeof(OtherLibtorch).Assembly)?.Name == nameof(OtherLibtorch);

    /// <summary>The folder that a command line or the environment asks for; null for none, and where it is in use already.</summary>
    internal static string? Asked(ParseResult parsed) =>
        IsHere ? null : (parsed.GetValue(Option) ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } folder ? folder : null;

    /// <summary>Runs the command line over again on another libtorch; returns its exit code.</summary>
    /// <param name="folder">A libtorch, a PyTorch, the folder of packages that holds one, or the folder of its libraries.</param>
    /// <param name="args">The command line.</param>
    internal static int Run(string folder, string[] args)
    {
        try
        {
            var libraries = Find(folder);
            // Whatever is wrong with them is found here, where it can be told in one line; they are loaded once only.
            foreach (var library in new[] { Core, "libtorch.so" }) Open(Path.Combine(libraries, library));
            // Processes that this one starts use it too, wherever they are.
            Environment.SetEnvironmentVariable(Variable, libraries);
            var again = new OtherLibtorch(libraries).LoadFromAssemblyPath(Program);
            return (int)again.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null)!;
        }
        catch (InputException e)
        {
            Console.Error.WriteLine($"fovea: {e.Message}");
            return ExitCodes.BadInput;
        }
    }

    /// <summary>The folder of the libraries, when they are of the right version.</summary>
    /// <exception cref="InputException">They are not, or there are none; one line.</exception>
    internal static string Find(string folder)
    {
        if (!OperatingSystem.IsLinux())
            throw new InputException("--libtorch: another libtorch can be used on Linux only; elsewhere build the program with -p:TorchBackend=cuda");
        var full = Path.GetFullPath(folder);
        var libraries = new[] { full, Path.Combine(full, "lib"), Path.Combine(full, "torch", "lib") }.FirstOrDefault(at => File.Exists(Path.Combine(at, Core)))
            ?? throw new InputException(
                $"--libtorch {folder}: no {Core} there, nor in its lib or torch/lib; needed: the folder of a libtorch or PyTorch {Version}");
        var version = VersionOf(Path.GetDirectoryName(libraries)!);
        return version?.Split('+')[0] == Version
            ? libraries
            : throw new InputException(
                $"--libtorch {folder}: its version is {version ?? "unknown (no build-version or version.py)"}; "
                    + $"needed: {Version}, with which TorchSharp was built");
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _own.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        // TorchSharp's own part lies beside the program; what it needs of libtorch is loaded already, so that the system does not look for it.
        if (!unmanagedDllName.StartsWith("torch", StringComparison.Ordinal)) return IntPtr.Zero;
        var file = Path.Combine(_libraries, $"lib{unmanagedDllName}.so");
        return File.Exists(file) ? NativeLibrary.Load(file) : IntPtr.Zero;
    }

    private static void Open(string file)
    {
        try
        {
            NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new InputException($"--libtorch: {file} cannot be loaded ({LoaderMessage.Cause(e)})", e);
        }
    }

    /// <summary>What a libtorch ("2.10.0+cu128" in build-version) or a PyTorch (__version__ in version.py) says of itself; null where it does not.</summary>
    private static string? VersionOf(string folder)
    {
        var (archive, package) = (Path.Combine(folder, "build-version"), Path.Combine(folder, "version.py"));
        if (File.Exists(archive)) return File.ReadAllText(archive).Trim();
        return File.Exists(package) && PythonVersion().Match(File.ReadAllText(package)) is { Success: true } match ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("""__version__\s*=\s*['"]([^'"]+)['"]""")]
    private static partial Regex PythonVersion();
}

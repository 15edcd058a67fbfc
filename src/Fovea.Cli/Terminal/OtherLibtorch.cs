using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Fovea.Core.Errors;
using Fovea.Torch.Runtime;

namespace Fovea.Cli.Terminal;

/// <summary>
/// Another libtorch than the program's own, that a user asks for: one with CUDA, out of its download or out of a PyTorch that pip installed. On Linux.
/// </summary>
/// <param name="Asked">What asked for it: the option, or the variable of the environment.</param>
/// <param name="Folder">A libtorch, a PyTorch, the folder of packages that holds one, or the folder of its libraries.</param>
internal sealed partial record OtherLibtorch(string Asked, string Folder)
{
    /// <summary>The environment variable that names the folder where no option does.</summary>
    internal const string Variable = "FOVEA_LIBTORCH";

    /// <summary>The version that TorchSharp was built with: functions of another are elsewhere.</summary>
    internal const string Version = "2.10.0";

    private const string OptionName = "--libtorch";
    private const string Core = "libtorch_cpu.so";

    private string Named => $"{Asked} {Folder}";

    /// <summary>The option, for commands that compute with tensors and for those in them.</summary>
    internal static Option<string?> Option() => CommonOptions.NotEmpty(new Option<string?>(OptionName)
    {
        Description = $"Where another libtorch or PyTorch {Version} lies, such as one with CUDA, to be used in place of the program's own (Linux); "
            + $"default: {Variable}.",
        HelpName = "DIR",
        Recursive = true,
    });

    /// <summary>
    /// What a command line, or else the environment, asks for. Null for nothing, for a command that computes with no tensors, for help, and where it is in use
    /// already.
    /// </summary>
    internal static OtherLibtorch? Of(ParseResult parsed, Option<string?> option)
    {
        if (LibtorchContext.IsHere || parsed.Action != parsed.CommandResult.Command.Action) return null;
        if (!Line(parsed.CommandResult.Command).Any(command => command.Options.Contains(option))) return null;
        if (parsed.GetValue(option) is { } given) return new(OptionName, given);
        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? new(Variable, set) : null;
    }

    /// <summary>Why it cannot be used, one line; null where it can, and its libraries are loaded then.</summary>
    internal string? Refusal()
    {
        try
        {
            var libraries = Find();
            foreach (var library in new[] { Core, "libtorch.so" }) Open(Path.Combine(libraries, library));
            return null;
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }

    /// <summary>Runs the command line over again with it; returns its exit code.</summary>
    internal int Run(string[] args)
    {
        var libraries = Find();
        // Processes that this one starts use it too, wherever they are.
        Environment.SetEnvironmentVariable(Variable, libraries);
        return LibtorchContext.Run(libraries, args);
    }

    /// <summary>The folder of its libraries, when they are of the right version.</summary>
    /// <exception cref="InputException">They are not, or there are none; one line.</exception>
    internal string Find()
    {
        if (!OperatingSystem.IsLinux())
            throw new InputException($"{Named}: another libtorch can be used on Linux only; on Windows build the program with -p:TorchBackend=cuda");
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder));
        var libraries = new[] { full, Path.Combine(full, "lib"), Path.Combine(full, "torch", "lib") }.FirstOrDefault(at => File.Exists(Path.Combine(at, Core)))
            ?? throw new InputException(
                $"{Named}: no {Core} there, nor in its lib or torch/lib; needed: the folder of a libtorch or PyTorch {Version}");
        var version = VersionOf(Path.GetDirectoryName(libraries)!);
        return version?.Split('+')[0] == Version
            ? libraries
            : throw new InputException(
                $"{Named}: its version is {version ?? "unknown (no build-version or version.py)"}; needed: {Version}, with which TorchSharp was built");
    }

    private void Open(string file)
    {
        try
        {
            NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new InputException($"{Asked}: {file} cannot be loaded ({LoaderMessage.Cause(e)})", e);
        }
    }

    /// <summary>What a libtorch ("2.10.0+cu128" in build-version) or a PyTorch (__version__ in version.py) says of itself; null where it does not.</summary>
    private string? VersionOf(string folder)
    {
        var (archive, package) = (Path.Combine(folder, "build-version"), Path.Combine(folder, "version.py"));
        try
        {
            if (File.Exists(archive)) return File.ReadAllText(archive).Trim();
            return File.Exists(package) && PythonVersion().Match(File.ReadAllText(package)) is { Success: true } match ? match.Groups[1].Value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{Named}: its version cannot be read ({e.Message})", e);
        }
    }

    // A command and those that it is one of.
    private static IEnumerable<Command> Line(Command command) => command.Parents.OfType<Command>().SelectMany(Line).Prepend(command);

    [GeneratedRegex("""__version__\s*=\s*['"]([^'"]+)['"]""")]
    private static partial Regex PythonVersion();
}

/// <summary>
/// The program over again on another libtorch. TorchSharp looks for libtorch beside itself and nowhere else, and a process with two of them is aborted. So all
/// assemblies are loaded a second time in this context, which hands TorchSharp the other library wherever it asks for its own.
/// </summary>
internal sealed class LibtorchContext : AssemblyLoadContext
{
    private readonly string _libraries;
    private readonly AssemblyDependencyResolver _own = new(Program);

    private LibtorchContext(string libraries) : base(nameof(LibtorchContext)) => _libraries = libraries;

    // By name: in this context its class is another than outside.
    internal static bool IsHere => GetLoadContext(typeof(LibtorchContext).Assembly)?.Name == nameof(LibtorchContext);

    private static string Program => typeof(LibtorchContext).Assembly.Location;

    internal static int Run(string libraries, string[] args)
    {
        var again = new LibtorchContext(libraries).LoadFromAssemblyPath(Program);
        return (int)again.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _own.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        // TorchSharp's own part lies beside the program; what it needs of libtorch is loaded already, so that the system does not look for it.
        if (!unmanagedDllName.StartsWith("torch", StringComparison.Ordinal)) return IntPtr.Zero;
        var file = Path.Combine(_libraries, $"lib{unmanagedDllName}.so");
        // Else the program's own would be taken: a part of another libtorch.
        return File.Exists(file) ? NativeLibrary.Load(file) : throw new DllNotFoundException($"{file}: there is no such file");
    }
}

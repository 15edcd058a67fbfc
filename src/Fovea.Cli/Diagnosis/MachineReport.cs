using System.Globalization;
using System.Text.RegularExpressions;
using Fovea.Core;
using Fovea.Judges.Features;
using Fovea.Torch.Runtime;

namespace Fovea.Cli.Diagnosis;

/// <summary>
/// What somebody else needs to know of a machine when something does not work on it: on a screen, without the names of users, machines and their folders.
/// </summary>
internal sealed record MachineReport(
    ProgramFacts Program, ProcessorFacts Processor, MemoryFacts Memory, IReadOnlyList<LibraryFacts> Libraries, int Threads, string Precision, string Gpu,
    IReadOnlyList<FolderFacts> Folders, SpeedCheck? Speed, IReadOnlyList<string> Problems)
{
    private const long Gibibyte = 1L << 30;

    /// <summary>Free space below which results do not fit: a run with its checkpoints takes some hundred megabytes.</summary>
    private const long LeastFree = Gibibyte / 2;

    /// <summary>Looks at this machine.</summary>
    /// <param name="output">Where results would go.</param>
    /// <param name="threads">Threads of the speed check; 0 for all cores.</param>
    /// <param name="withSpeed">Whether the speed is measured.</param>
    /// <param name="refusal">Why the libtorch that is asked for cannot be used; null where it can, or none is asked for.</param>
    /// <param name="progress">Told of each measurement.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static MachineReport Here(
        string output, int threads, bool withSpeed, string? refusal, IProgress<ProgressUpdate> progress, CancellationToken cancellation)
    {
        var personal = PersonalText.Here;
        var taken = threads == 0 ? Environment.ProcessorCount : threads;
        var torch = LibraryFacts.Torch(taken, refusal);
        LibraryFacts[] libraries = [.. new[] { torch, LibraryFacts.Vips(), LibraryFacts.Onnx() }.Select(
            library => library with { Failure = library.Failure is { } reason ? personal.Shorten(reason) : null })];
        FolderFacts[] folders =
        [
            FolderFacts.Check("results", output, "--out of each command names another folder", personal),
            FolderFacts.Check(
                "measured features", FeatureCache.DefaultFolder, "fovea evaluate --cache names another folder, XDG_CACHE_HOME the place of all", personal),
            FolderFacts.Check("passing files", Path.GetTempPath(), "TMPDIR (on Windows TEMP) names another folder", personal),
        ];
        return new(
            ProgramFacts.Here(), ProcessorFacts.Here(), MemoryFacts.Here(), libraries, taken, Precisions.Parse(Precisions.Automatic).Name(),
            torch.Failure is null ? Gpus() : "not looked for, as libtorch cannot be loaded",
            folders, withSpeed ? SpeedCheck.Measure(taken, torch.Failure is null, progress, cancellation) : null, [.. Faults(libraries, folders)]);
    }

    /// <summary>What is wrong and what to do about it, a line each; none on a machine that everything works on.</summary>
    internal static IEnumerable<string> Faults(IEnumerable<LibraryFacts> libraries, IEnumerable<FolderFacts> folders)
    {
        foreach (var library in libraries.Where(library => library.Failure is not null))
            yield return $"{library.Name} cannot be loaded (needed for {library.Use}): {library.Failure}";
        foreach (var folder in folders)
        {
            if (!folder.IsWritable) yield return $"{folder.Path} ({folder.Use}) cannot be written; {folder.Remedy}";
            else if (folder.Free < LeastFree)
                yield return $"{folder.Path} ({folder.Use}) has {Size(folder.Free.Value)} left; needed: about {Size(LeastFree)}; {folder.Remedy}";
        }
    }

    /// <summary>The report as text.</summary>
    internal IEnumerable<string> Lines() =>
    [
        Row("fovea", $"{Program.Version} on {Program.Runtime}"),
        Row("system", $"{Program.System}, {Program.Platform}"),
        Row("processor", $"{(Processor.Name.Length > 0 ? Processor.Name : "of no known name")}, {Cores()}"),
        Row("", $"has {List(Processor.Features)}; has not {List(Processor.Absent)}"),
        Row("memory", $"{Size(Memory.Total)}, {Size(Memory.Available)} available"),
        .. Libraries.Select(library => Row(library.Name, library.Version ?? "cannot be loaded")),
        Row("computes with", $"{Counted.Of(Threads, "thread")}, convolutions in {(Precision == "mixed" ? "bfloat16 (mixed precision)" : Precision)}"),
        Row("GPU", Gpu),
        .. Folders.Select(
            folder => Row(
                folder.Use,
                $"{folder.Path}: {(folder.IsWritable ? "writable" : "not writable")}{(folder.Free is { } free ? $", {Size(free)} free" : "")}")),
        .. Speed is { } speed ? SpeedRows(speed) : [],
        "",
        .. Problems.Count == 0 ? ["Everything that is needed is here."] : Problems.Select(problem => "problem: " + problem),
    ];

    private static IEnumerable<string> SpeedRows(SpeedCheck speed)
    {
        if (speed.Convolution is { } full)
        {
            yield return Row(
                "convolutions",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{full:F0} GFLOP/s in float32{(speed.MixedConvolution is { } mixed ? $", {mixed:F0} in bfloat16" : "")}, "
                        + $"forward and backward"));
        }

        yield return Row("circuits", string.Create(CultureInfo.InvariantCulture, $"{speed.Circuits:N0} gradients/s ({speed.Circuit}; {speed.Engine} engine)"));
    }

    private static string Gpus()
    {
        var found = CudaFindings.Here(ComputeDevices.Automatic);
        return found.Gpus > 0 ? $"{found.Gpus} found; --device cuda takes the first" : $"none: {found.Missing}";
    }

    private string Cores() => Processor.CoresSeen is { } seen && seen != Processor.CoresAllowed
        ? $"{Processor.CoresAllowed} of {Counted.Of(seen, "core")} may be used"
        : Counted.Of(Processor.CoresAllowed, "core");

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "nothing that is looked for" : string.Join(", ", names);

    private static string Row(string name, string value) => $"{name,-19}{value}".TrimEnd();

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Gibibyte:F1} GiB");
}

/// <summary>Takes out of a text what tells who wrote it, so that it can be shown to others.</summary>
/// <param name="home">The user's own folder; empty for none.</param>
/// <param name="names">Names of the user and the machine.</param>
internal sealed class PersonalText(string home, params IEnumerable<string> names)
{
    private const string Hidden = "…";

    // Of one letter a name would blot out half of the text.
    private readonly string[] _names = [.. names.Where(name => name.Length > 1)];

    /// <summary>That of this process's user on this machine.</summary>
    internal static PersonalText Here => new(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.UserName, Environment.MachineName);

    /// <summary>The user's folder becomes ~, the names wherever they stand as a word become …</summary>
    internal string Shorten(string text)
    {
        if (home.Length > 1) text = Regex.Replace(text, Regex.Escape(home) + @"(?=$|[\\/\s,;:)'""])", "~");
        return _names.Aggregate(text, (shown, name) => Regex.Replace(shown, $@"(?<![\w.-]){Regex.Escape(name)}(?![\w-])", Hidden));
    }
}

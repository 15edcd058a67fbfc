using System.Diagnostics;
using System.Globalization;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Devices.Profiles;
using Fovea.Imaging.Datasets;
using Fovea.Quantum.Ansaetze;
using Fovea.Studio.Folders;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Studio.Work;

/// <summary>
/// Starts and stops trainings. Each is a process of its own in a session of its own, so that the end of the studio does not end it; what it says goes into
/// a file beside the run's folder, of which everything is read that the pages tell of it.
/// </summary>
/// <param name="root">The studio's folder.</param>
/// <param name="program">How this program is called; empty for none.</param>
internal sealed class TrainingDesk(StudioRoot root, IReadOnlyList<string> program)
{
    // The shell becomes the program: the number that it writes is the program's.
    private const string Script = "printf 'pid %s\\n' \"$$\" >> \"$0\"; exec \"$@\" >> \"$0\" 2>&1 < /dev/null";
    private readonly Lock _oneStart = new(); // of two orders of one run the second is refused
    private static readonly string[] s_sessions = ["/usr/bin/setsid", "/bin/setsid"];

    /// <summary>Why none can be started here; null where they can.</summary>
    internal string? Obstacle =>
        program.Count == 0 ? "This studio starts no trainings." : OperatingSystem.IsWindows() ? "On Windows a training is started in a terminal, by this line."
            : null;

    /// <summary>Starts a training, or goes on with one.</summary>
    /// <returns>The run's name.</returns>
    /// <exception cref="InputException">Something of the order breaks a rule.</exception>
    internal string Start(TrainingOrder order)
    {
        if (Obstacle is { } obstacle) throw new InputException(obstacle);
        lock (_oneStart) return Begin(order);
    }

    private string Begin(TrainingOrder order)
    {
        order = order with { Overrides = [.. order.Overrides.Select(FromHere)] };
        var run = RequireRun(order);
        if (root.FolderAt(order.Dataset) is not { } data || FolderScan.KindOf(data) != ItemKind.Dataset)
        {
            throw new InputException(
                order.Dataset.Length == 0 ? "data: a dataset of this folder is needed" : $"data: {order.Dataset}: is no dataset of this folder");
        }

        RequireFitting(ShippedConfigs.Read(ConfigPath(order), order.Overrides), data, order);
        var arguments = Arguments(order);
        BeginLog(run, order, CommandLine.Text(arguments));
        List<string> words = ["/bin/sh", "-c", Script, TrainingLog.PathOf(run), .. program, .. arguments];
        if (s_sessions.FirstOrDefault(File.Exists) is { } session) words.Insert(0, session);
        Process.Start(new ProcessStartInfo(words[0], words.Skip(1)))?.Dispose();
        return order.Run;
    }

    // Settings that may name a file: who looks at the studio reads no other than those of its folder.
    private string FromHere(string setting)
    {
        var (key, value) = (setting[..setting.IndexOf('=', StringComparison.Ordinal)], setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        IEnumerable<string>? known = key switch
        {
            "quantum.ansatz" => AnsatzRegistry.All.SelectMany(ansatz => ansatz.Aliases.Prepend(ansatz.Name)),
            "quantum.noise.profile" => ShippedProfiles.Names,
            _ => null,
        };
        if (known is null || known.Contains(value, StringComparer.OrdinalIgnoreCase)) return setting;
        if (root.FileAt(value) is not null) return $"{key}={root.ShownPath(value)}";
        throw new InputException($"{key}: {value} is not allowed; allowed: {string.Join(", ", known)}, or a file of this folder by its path in it");
    }

    /// <summary>The arguments of a training.</summary>
    internal IReadOnlyList<string> Arguments(TrainingOrder order) =>
    [
        "train",
        order.IsResumed ? root.ShownPath($"{order.Run}/{RunFiles.Config}")
            : order.Start is { } model ? ModelList.ShownConfig(root, model)
            : order.Config,
        "--data", root.ShownPath(order.Dataset), "--out", root.ShownPath(order.Run),
        .. order.Start is { } start ? new[] { "--init", ModelList.Shown(root, start) } : [],
        .. order.Overrides.SelectMany(item => new[] { "--set", item }), .. order.IsResumed ? new[] { "--resume" } : [],
    ];

    /// <summary>Asks a training that a studio started to save its state and end.</summary>
    /// <exception cref="InputException">None is going on that this can ask.</exception>
    internal void Stop(string name)
    {
        if (root.Resolve(name) is not { } run || TrainingLog.Read(run) is not { IsAlive: true, Process: { } process })
            throw new InputException($"{name}: no training goes on there that a studio started; press Ctrl-C where it was started");
        using var asked = Process.Start("/bin/sh", ["-c", "kill -TERM \"$0\"", process.ToString(CultureInfo.InvariantCulture)]);
        asked.WaitForExit();
    }

    // What a run said before it goes on is part of its record.
    private static void BeginLog(string run, TrainingOrder order, string line)
    {
        var (path, name) = (TrainingLog.PathOf(run), order.Run);
        if ((File.Exists(path) || Directory.Exists(path)) && TrainingLog.Read(run) is null)
        {
            throw new InputException(
                $"run: {name}.log: is there and was not written by a studio, it would be lost; rename it, or choose another name for the run");
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(run)!);
            if (order.IsResumed && File.Exists(path)) File.AppendAllText(path, $"\n{line}\n");
            else AtomicFile.WriteText(path, $"{line}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"run: {name}: cannot be written ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }

    // The training itself would say so, a second later.
    private void RequireFitting(RunConfig config, string data, TrainingOrder order)
    {
        using var dataset = ImageDataset.Open(data);
        if (order.Start is { } start && RunConfigReader.FromFile(ConfigPath(order)).Size is var side && (dataset.Size != side || config.Size != side))
        {
            throw new InputException(
                $"init: {start}: draws images of {side} px alone; choose a dataset of {side} px ({order.Dataset} has {dataset.Size}), and leave size empty");
        }

        if (dataset.Size != config.Size)
        {
            throw new InputException(
                $"{order.Config}: size = {config.Size} does not fit {order.Dataset}, whose images are {dataset.Size} px; write {dataset.Size}");
        }
    }

    private string ConfigPath(TrainingOrder order) =>
        order.IsResumed ? root.Resolve($"{order.Run}/{RunFiles.Config}") ?? ""
            : order.Start is { } start ? Path.Combine(PretrainedModels.FolderOf(RunOf(start)), RunFiles.Config)
            : order.Config;

    private string RunOf(string start) => new ModelList(root).RunOf(start) ?? throw new InputException($"init: {start}: no such model here");

    private string RequireRun(TrainingOrder order)
    {
        if (order.Run.Length == 0 || root.Resolve(order.Run) is not { } run)
        {
            throw new InputException(
                $"run: '{order.Run}' is not allowed; allowed: a folder inside of this one, as runs/first");
        }

        if (TrainingLog.Read(run)?.IsAlive == true) throw new InputException($"run: {order.Run}: a training goes on there");
        if (order.IsResumed)
        {
            using var folder = RunFolder.Open(run);
            return folder.IsInTraining ? throw new InputException($"run: {order.Run}: a training goes on there") : run;
        }

        if (order.Start is null && !ShippedConfigs.Names.Contains(order.Config))
        {
            throw new InputException(
                $"config: {order.Config} is not allowed; allowed: {string.Join(", ", ShippedConfigs.Names)}");
        }

        return !File.Exists(run) && (!Directory.Exists(run) || !Directory.EnumerateFileSystemEntries(run).Any())
            ? run
            : throw new InputException($"run: {order.Run}: is there already and not empty; choose another name");
    }
}

/// <summary>What is to be trained.</summary>
/// <param name="Config">A shipped configuration; of no account where a run is resumed, or begins with another.</param>
/// <param name="Dataset">The dataset, inside of the studio's folder.</param>
/// <param name="Run">The run's folder, inside of it too.</param>
/// <param name="Overrides">Settings, as <c>section.key=value</c>.</param>
/// <param name="IsResumed">Whether it goes on with a run.</param>
internal sealed record TrainingOrder(string Config, string Dataset, string Run, IReadOnlyList<string> Overrides, bool IsResumed)
{
    /// <summary>The model whose weights and configuration it begins with, by its name in <see cref="ModelList"/>; null for none.</summary>
    internal string? Start { get; init; }
}

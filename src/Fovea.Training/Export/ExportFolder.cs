using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Training.Export;

/// <summary>The folder of an export, which comes into being whole.</summary>
internal static class ExportFolder
{
    /// <summary>Loads a run and writes what it becomes; nothing is left of the folder when this fails.</summary>
    /// <param name="run">The run's folder, or <c>pretrained:NAME</c>.</param>
    /// <param name="output">The folder; created or empty, unless forced.</param>
    /// <param name="force">Replace files of the same names in a folder that is not empty.</param>
    /// <param name="write">Writes files into a folder, and gives their names in it.</param>
    /// <exception cref="InputException">The run is not trained, or the folder breaks the rule.</exception>
    internal static IReadOnlyList<string> Fill(string run, string output, bool force, Func<TrainedModel, RunConfig, string, IReadOnlyList<string>> write)
    {
        using var folder = RunFolder.Open(run);
        var config = RunConfigReader.FromFile(folder.Config);
        OutputFolder.RequireOther(output, ("the run", folder.Path));
        // Looked at first: the folder comes into being at the end.
        var existed = Directory.Exists(output);
        OutputFolder.Prepare(output, force);
        if (!existed) Directory.Delete(output);
        using var model = TrainedModel.Load(folder, config, ComputeContext.Start(1, "cpu"));
        var partial = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) + ".partial";
        OutputFolder.Prepare(partial, force: false, $"if an earlier 'fovea export' that was killed left it, remove it");
        try
        {
            var names = write(model, config, partial);
            OutputFolder.Prepare(output, force);
            foreach (var name in names)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(output, name))!);
                File.Move(Path.Combine(partial, name), Path.Combine(output, name), overwrite: true);
            }

            return names;
        }
        finally
        {
            Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>A folder's own name.</summary>
    internal static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}

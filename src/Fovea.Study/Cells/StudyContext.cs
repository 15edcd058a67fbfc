using Fovea.Core;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Training.Configuration;

namespace Fovea.Study.Cells;

/// <summary>What all cells of a process have in common.</summary>
/// <param name="Folder">The study's folder.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Dataset">The dataset's folder.</param>
/// <param name="Threads">Threads; 0 for all cores.</param>
/// <param name="Progress">Told how far it is.</param>
/// <param name="Announce">Told what begins.</param>
/// <param name="NameOf">The reader's word for an input.</param>
internal sealed record StudyContext(
    StudyFolder Folder, StudyPlan Plan, string Dataset, int Threads, IProgress<ProgressUpdate>? Progress, Action<string>? Announce, Func<string, string> NameOf)
{
    /// <summary>Where the autoencoder of a cell is trained: beside those of its study's tuning where they share it.</summary>
    public string AutoencoderOf(StudyCell cell)
    {
        string In(string folder) => Path.Combine(folder, "work", "autoencoders", cell.AutoencoderKey[..16]);
        return Directory.Exists(In(Folder.Tuning)) ? In(Folder.Tuning) : In(Folder.Path);
    }

    /// <summary>The file that keeps other processes from training it too.</summary>
    public string AutoencoderLock(StudyCell cell) => AutoencoderOf(cell) + ".lock";

    /// <summary>The run of a cell.</summary>
    public string RunOf(StudyCell cell) => Path.Combine(Folder.WorkOf(cell.Name), "run");

    /// <summary>Measured features, which cells share.</summary>
    public string Features => Folder.In("work", "features");

    /// <summary>A configuration with this process's threads, which its settings do not tell: a run may go on with others.</summary>
    public RunConfig Here(RunConfig config) => config with { Threads = Threads };
}

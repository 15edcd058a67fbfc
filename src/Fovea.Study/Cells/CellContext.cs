using Fovea.Core.Progress;
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
internal sealed record CellContext(
    StudyFolder Folder, StudyPlan Plan, string Dataset, int Threads, IProgress<ProgressUpdate>? Progress, Action<string>? Announce)
{
    /// <summary>Where the autoencoder of a cell is trained.</summary>
    public string AutoencoderOf(StudyCell cell) => Folder.In("work", "autoencoders", cell.AutoencoderKey[..16]);

    /// <summary>The file that keeps other processes from training it too.</summary>
    public string AutoencoderLock(StudyCell cell) => AutoencoderOf(cell) + ".lock";

    /// <summary>The run of a cell.</summary>
    public string RunOf(StudyCell cell) => Path.Combine(Folder.WorkOf(cell.Name), "run");

    /// <summary>Measured features, which cells share.</summary>
    public string Features => Folder.In("work", "features");

    /// <summary>A configuration with this process's threads, which its settings do not tell: a run may go on with others.</summary>
    public RunConfig Here(RunConfig config) => config with { Threads = Threads };
}

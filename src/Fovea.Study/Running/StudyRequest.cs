using Fovea.Core.Progress;
using Fovea.Study.Definitions;
using Fovea.Study.Planning;

namespace Fovea.Study.Running;

/// <summary>What of a study is run, and how.</summary>
public sealed record StudyRequest
{
    /// <summary>The study.</summary>
    public required StudySource Source { get; init; }

    /// <summary>The dataset; null for the phantoms that the study draws itself.</summary>
    public string? Dataset { get; init; }

    /// <summary>The study's folder.</summary>
    public required string Output { get; init; }

    /// <summary>One cell by its name; null for all.</summary>
    public string? Cell { get; init; }

    /// <summary>A part of the study; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Cells at a time, each in a process of its own when there are several.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Threads of all together; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Whether finished or unfinished cells with other settings are run again.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to stop when the plan is told.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Whether a few steps are measured for an estimate of the time.</summary>
    public bool Estimate { get; init; } = true;

    /// <summary>How the process of a cell is started; needed for several jobs.</summary>
    public CellProcessStart? Process { get; init; }

    /// <summary>Told how far it is.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    /// <summary>Told the plan, and what begins and ends.</summary>
    public Action<string>? Announce { get; init; }
}

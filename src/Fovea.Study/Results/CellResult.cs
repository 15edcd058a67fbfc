namespace Fovea.Study.Results;

/// <summary>Everything that a report needs of one cell: one arm, one seed, one training size. A small file without photographs.</summary>
public sealed record CellResult
{
    /// <summary>The version of this layout.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Must be <see cref="CurrentFormat"/>.</summary>
    public required int Format { get; init; }

    /// <summary>The cell's name, as <c>quantum-all-seed0</c>; also its files' name.</summary>
    public required string Cell { get; init; }

    /// <summary>The arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>The training size as the study names it: a number, or "all".</summary>
    public required string Size { get; init; }

    /// <summary>Training images that there were.</summary>
    public required int TrainingImages { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>SHA-256 of all that determines the cell: resolved settings, dataset, sampling and evaluation, code version.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>SHA-256 of the resolved settings of the run.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>Content hash of the dataset.</summary>
    public required string DataHash { get; init; }

    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>Sizes and times.</summary>
    public required CellCosts Costs { get; init; }

    /// <summary>The autoencoder's quality.</summary>
    public required CellReconstruction Reconstruction { get; init; }

    /// <summary>
    /// The denoiser's mean loss on held-out latents, at timesteps and noise that are the same for all cells of the study; comparable between cells
    /// of one autoencoder only. Null when it was not measured.
    /// </summary>
    public CellFigure? HeldOutLoss { get; init; }

    /// <summary>SHA-256 of the autoencoder's weights: cells with equal ones share their latents.</summary>
    public required string AutoencoderHash { get; init; }

    /// <summary>Distances, a feature network each.</summary>
    public required IReadOnlyList<CellDistances> Distances { get; init; }

    /// <summary>Gradability.</summary>
    public required CellGradability Gradability { get; init; }

    /// <summary>Nearness to training images, a space each; empty when it was not measured.</summary>
    public required IReadOnlyList<CellCopies> Copies { get; init; }

    /// <summary>Under noise, the ideal circuits first; empty for arms without a noise sweep.</summary>
    public required IReadOnlyList<CellNoise> Noise { get; init; }
}

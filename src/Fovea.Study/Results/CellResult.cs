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

    /// <summary>SHA-256 of the study's protocol when the cell was finished; null without one, and in older cells.</summary>
    public string? Protocol { get; init; }

    /// <summary>Sizes and times.</summary>
    public required CellCosts Costs { get; init; }

    /// <summary>The autoencoder's quality.</summary>
    public required CellReconstruction Reconstruction { get; init; }

    /// <summary>
    /// The denoiser's mean loss on held-out latents, at timesteps and noise that are the same for all cells of the study; comparable between cells
    /// of one autoencoder only. Null when it was not measured.
    /// </summary>
    public CellFigure? HeldOutLoss { get; init; }

    /// <summary>What became of the denoiser's circuits in training; null without circuits that are trained, and in older cells.</summary>
    public CellCircuits? Circuits { get; init; }

    /// <summary>What the denoiser makes of what stands in its layers, circuits or controls; null without such layers, and in older cells.</summary>
    public CellMiddles? Middles { get; init; }

    /// <summary>SHA-256 of the autoencoder's weights: cells with equal ones share their latents.</summary>
    public required string AutoencoderHash { get; init; }

    /// <summary>Distances, a feature network each.</summary>
    public required IReadOnlyList<CellDistances> Distances { get; init; }

    /// <summary>Gradability; null where no grader was at hand for images of their kind.</summary>
    public CellGradability? Gradability { get; init; }

    /// <summary>Nearness to training images, a space each; empty when it was not measured.</summary>
    public required IReadOnlyList<CellCopies> Copies { get; init; }

    /// <summary>Under noise, the ideal circuits first; empty for arms without a noise sweep.</summary>
    public required IReadOnlyList<CellNoise> Noise { get; init; }
}

/// <summary>Generated images that are nearer to a training image than most held-out photographs are.</summary>
/// <param name="Space">A feature network's name, or "pixels".</param>
/// <param name="Below5">As near as the nearest 5 % of the held-out photographs.</param>
/// <param name="Below1">As near as the nearest 1 %.</param>
/// <param name="Expected5">The share of images as near as <paramref name="Below5"/> counts that is expected of images that are no copies; null in older cells,
/// whose threshold was an
/// interpolated quantile.</param>
/// <param name="Expected1">The same for <paramref name="Below1"/>.</param>
public sealed record CellCopies(string Space, CellCounts Below5, CellCounts Below1, double? Expected5 = null, double? Expected1 = null);

/// <summary>What training did to a denoiser's circuits. Circuits that neither moved nor are missed were not trained, whatever the arm is called.</summary>
/// <param name="Displacement">How far the angles are from their start: root mean square in radians, modulo 2π.</param>
/// <param name="Share">What the held-out loss rises by when they get the angles of the start back; null when it was not measured.</param>
public sealed record CellCircuits(double Displacement, double? Share);

/// <summary>Whether a denoiser makes use of what stands in its layers, circuits or controls.</summary>
/// <param name="Use">What the held-out loss rises by when each of them gives the mean of its numbers, whatever it is asked.</param>
/// <param name="Deviation">How far the numbers are from those means: root mean square.</param>
public sealed record CellMiddles(double Use, double Deviation);

/// <summary>What a cell is made of and what it took.</summary>
public sealed record CellCosts
{
    /// <summary>Trainable parameters of the autoencoder.</summary>
    public required long AutoencoderParameters { get; init; }

    /// <summary>Trainable parameters of the denoiser.</summary>
    public required long DenoiserParameters { get; init; }

    /// <summary>Of both, the trainable ones inside the layers in the circuits' place: circuit weights or what stands for them.</summary>
    public required long LayerParameters { get; init; }

    /// <summary>Optimizer steps of the autoencoder.</summary>
    public required int AutoencoderSteps { get; init; }

    /// <summary>Optimizer steps of the denoiser.</summary>
    public required int DenoiserSteps { get; init; }

    /// <summary>Circuits evaluated forward in the training of both.</summary>
    public required long CircuitsEvaluated { get; init; }

    /// <summary>Seconds of the autoencoder's training; it may be shared by several cells.</summary>
    public required double AutoencoderSeconds { get; init; }

    /// <summary>Seconds of the denoiser's training.</summary>
    public required double DenoiserSeconds { get; init; }

    /// <summary>Seconds of sampling and judging, of the process that finished the cell.</summary>
    public required double JudgingSeconds { get; init; }

    /// <summary>Threads that it ran on.</summary>
    public required int Threads { get; init; }
}

/// <summary>How many images of a set have a property.</summary>
/// <param name="Hits">Those that have it.</param>
/// <param name="Total">Images in all.</param>
public sealed record CellCounts(int Hits, int Total);

/// <summary>Distances between generated and real images by one feature network.</summary>
public sealed record CellDistances
{
    /// <summary>The network's name, as "FundusNet".</summary>
    public required string Network { get; init; }

    /// <summary>SHA-256 of its file.</summary>
    public required string NetworkHash { get; init; }

    /// <summary>Fréchet distance; smaller is better.</summary>
    public required CellFigure Frechet { get; init; }

    /// <summary>The same between halves of the real images: what no generator can fall below at that number of images.</summary>
    public CellFigure? FrechetFloor { get; init; }

    /// <summary>Kernel distance (unbiased); smaller is better.</summary>
    public required CellFigure Kernel { get; init; }

    /// <summary>Precision, 0 to 1.</summary>
    public required CellFigure Precision { get; init; }

    /// <summary>Recall, 0 to 1.</summary>
    public required CellFigure Recall { get; init; }

    /// <summary>Density, 0 and above.</summary>
    public required CellFigure Density { get; init; }

    /// <summary>Coverage, 0 to 1.</summary>
    public required CellFigure Coverage { get; init; }
}

/// <summary>A measured value of one cell with its 95 % interval over images.</summary>
/// <param name="Value">The value.</param>
/// <param name="Low">Lower end; null when there is no interval.</param>
/// <param name="High">Upper end; null when there is no interval.</param>
public sealed record CellFigure(double Value, double? Low = null, double? High = null);

/// <summary>How many of a cell's images can be read.</summary>
public sealed record CellGradability
{
    /// <summary>The grader's shipped name or file name.</summary>
    public required string Grader { get; init; }

    /// <summary>SHA-256 of its file.</summary>
    public required string GraderHash { get; init; }

    /// <summary>Whether the grader knows none of the cell's training images and their patients; null where that cannot be told.</summary>
    public required bool? IsOutside { get; init; }

    /// <summary>How that was found, or why it cannot be told.</summary>
    public required string OutsideReason { get; init; }

    /// <summary>
    /// One character a generated image, in the order of their numbers: <c>1</c> gradable, <c>0</c> not. Image k of two cells of a seed began
    /// from the same noise, so these are pairs.
    /// </summary>
    public required string Generated { get; init; }

    /// <summary>Real held-out photographs.</summary>
    public required CellCounts Real { get; init; }

    /// <summary>Their reconstructions by the cell's autoencoder: the ceiling.</summary>
    public CellCounts? Reconstructed { get; init; }
}

/// <summary>A cell's images drawn again with its circuits on a noisy device, from the same starting noise.</summary>
public sealed record CellNoise
{
    /// <summary>The device profile's name; empty for ideal circuits.</summary>
    public required string Profile { get; init; }

    /// <summary>The factor on the device's noise; 0 for ideal circuits.</summary>
    public required double Scale { get; init; }

    /// <summary>Mean absolute difference of the images from the ideal circuits' images, in grey levels 0 to 255.</summary>
    public required double MeanChange { get; init; }

    /// <summary>Gradable images, as <see cref="CellGradability.Generated"/>; the first ones of the cell. Null where no grader was at hand.</summary>
    public string? Gradable { get; init; }

    /// <summary>Distances to the same real images, a network each.</summary>
    public required IReadOnlyList<CellDistances> Distances { get; init; }
}

/// <summary>How well the cell's autoencoder reconstructs held-out images.</summary>
/// <param name="Images">Their number.</param>
/// <param name="Psnr">Peak signal-to-noise ratio, dB.</param>
/// <param name="Ssim">Structural similarity.</param>
/// <param name="SsimRange">The range of the pixels that it was computed on; null in older cells, where it was [−1, 1] and not [0, 1].</param>
public sealed record CellReconstruction(int Images, double Psnr, double Ssim, string? SsimRange = null);

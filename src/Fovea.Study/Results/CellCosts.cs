namespace Fovea.Study.Results;

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

namespace Fovea.Models.Denoisers;

/// <summary>What follows a U-Net stage's residual block.</summary>
internal enum StageEnd
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A strided convolution that halves the resolution.</summary>
    Down,

    /// <summary>Nearest-neighbour upsampling and a convolution.</summary>
    Up,

    /// <summary>A second residual block, as in the middle of the network.</summary>
    SecondBlock,
}

namespace Fovea.Imaging.Phantom;

/// <summary>Colour and texture of the retina away from disc and vessels. Colours are sRGB values from 0 to 1.</summary>
public sealed record RetinaTone
{
    /// <summary>Red of the background.</summary>
    public required float Red { get; init; }

    /// <summary>Green as a part of red.</summary>
    public required float GreenToRed { get; init; }

    /// <summary>Blue as a part of red.</summary>
    public required float BlueToRed { get; init; }

    /// <summary>How clearly the vessels of the choroid show through, 0 to 1.</summary>
    public required float Tessellation { get; init; }

    /// <summary>Relative strength of the coarse mottling of the pigment.</summary>
    public required float Mottling { get; init; }

    /// <summary>Relative strength of the fine grain of the pigment epithelium.</summary>
    public required float Grain { get; init; }

    /// <summary>Strength of the nerve fibres' sheen along the arcades, 0 to 1; strong in young eyes.</summary>
    public required float NerveFibreSheen { get; init; }

    /// <summary>Darkness of the macula, 0 to 1.</summary>
    public required float MacularPigment { get; init; }

    /// <summary>Radius of the dark fovea, degrees.</summary>
    public required float FovealRadius { get; init; }

    /// <summary>Strength of the bright point in the foveal pit and of the ring around the macula, 0 to 1.</summary>
    public required float FovealReflex { get; init; }
}

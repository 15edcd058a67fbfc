namespace Fovea.Imaging.Phantom;

/// <summary>A picture in the making: three planes [size, size] of sRGB values on a scale of 0 to 1, not yet clipped.</summary>
internal sealed class ColourPlanes(int size)
{
    public int Size { get; } = size;

    public float[] Red { get; } = new float[size * size];

    public float[] Green { get; } = new float[size * size];

    public float[] Blue { get; } = new float[size * size];

    /// <summary>Moves a pixel towards a colour by <paramref name="share"/>.</summary>
    public void Mix(int i, float red, float green, float blue, float share)
    {
        Red[i] += share * (red - Red[i]);
        Green[i] += share * (green - Green[i]);
        Blue[i] += share * (blue - Blue[i]);
    }

    /// <summary>Multiplies a pixel.</summary>
    public void Scale(int i, float red, float green, float blue)
    {
        Red[i] *= red;
        Green[i] *= green;
        Blue[i] *= blue;
    }
}

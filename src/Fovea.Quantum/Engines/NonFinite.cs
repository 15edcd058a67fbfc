using System.Numerics;

namespace Fovea.Quantum.Engines;

/// <summary>Finds numbers that no engine can turn by: NaN and the infinities.</summary>
public static class NonFinite
{
    /// <summary>Index of the first NaN or infinity, or −1.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static int IndexOf<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var index = 0;
        for (; index + Vector<T>.Count <= values.Length; index += Vector<T>.Count)
        {
            // x − x is zero for finite x and NaN otherwise.
            var vector = new Vector<T>(values[index..]);
            if (!Vector.EqualsAll(vector - vector, Vector<T>.Zero))
                break;
        }

        for (; index < values.Length; index++)
        {
            if (!T.IsFinite(values[index]))
                return index;
        }

        return -1;
    }
}

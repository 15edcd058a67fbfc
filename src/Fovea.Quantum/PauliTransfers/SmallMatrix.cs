namespace Fovea.Quantum.PauliTransfers;

/// <summary>Products of small square matrices, row-major.</summary>
internal static class SmallMatrix
{
    /// <summary>product = left · right; it must be neither of them.</summary>
    public static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int size)
    {
        product[..(size * size)].Clear();
        for (var row = 0; row < size; row++)
        {
            for (var k = 0; k < size; k++)
            {
                var factor = left[(row * size) + k];
                if (factor == 0)
                    continue;
                for (var column = 0; column < size; column++)
                    product[(row * size) + column] += factor * right[(k * size) + column];
            }
        }
    }

    /// <summary>product = leftᵀ · right.</summary>
    public static void MultiplyTransposed(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int size)
    {
        product[..(size * size)].Clear();
        for (var k = 0; k < size; k++)
        {
            for (var row = 0; row < size; row++)
            {
                var factor = left[(k * size) + row];
                if (factor == 0)
                    continue;
                for (var column = 0; column < size; column++)
                    product[(row * size) + column] += factor * right[(k * size) + column];
            }
        }
    }

    /// <summary>The transpose.</summary>
    public static void Transpose(ReadOnlySpan<double> matrix, Span<double> transposed, int size)
    {
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                transposed[(column * size) + row] = matrix[(row * size) + column];
        }
    }

    /// <summary>The identity.</summary>
    public static void Identity(Span<double> matrix, int size)
    {
        matrix[..(size * size)].Clear();
        for (var k = 0; k < size; k++)
            matrix[(k * size) + k] = 1;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>The arithmetic on tiles of four registers of circuits: enough independent sums to hide the latency of each.</summary>
internal static unsafe class TileKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Registers in a tile.</summary>
    public const int Width = 4;

    /// <summary>The tile number <paramref name="index"/>.</summary>
    public static TLanes* Tile(TLanes* tiles, int index) => tiles + ((nint)Width * index);

    /// <summary>output += left · Σ_terms coefficient · feature.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddRow(TermRow row, int* termFeatures, T* coefficients, TLanes* features, TLanes* output)
    {
        TLanes r0 = TLanes.Zero, r1 = TLanes.Zero, r2 = TLanes.Zero, r3 = TLanes.Zero;
        for (var term = row.Start; term < row.End; term++)
        {
            var coefficient = TLanes.Broadcast(coefficients[term]);
            var feature = Tile(features, termFeatures[term]);
            r0 = TLanes.MultiplyAdd(coefficient, feature[0], r0);
            r1 = TLanes.MultiplyAdd(coefficient, feature[1], r1);
            r2 = TLanes.MultiplyAdd(coefficient, feature[2], r2);
            r3 = TLanes.MultiplyAdd(coefficient, feature[3], r3);
        }

        var left = Tile(features, row.Left);
        output[0] = TLanes.MultiplyAdd(r0, left[0], output[0]);
        output[1] = TLanes.MultiplyAdd(r1, left[1], output[1]);
        output[2] = TLanes.MultiplyAdd(r2, left[2], output[2]);
        output[3] = TLanes.MultiplyAdd(r3, left[3], output[3]);
    }

    /// <summary>The same row backward: adds to the cotangents of its features and to the gradients of its coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddRowGradients(
        TermRow row, int* termFeatures, T* coefficients, TLanes* features, TLanes* cotangents, TLanes* termGradients, TLanes* output)
    {
        var left = Tile(features, row.Left);
        TLanes h0 = output[0] * left[0], h1 = output[1] * left[1], h2 = output[2] * left[2], h3 = output[3] * left[3];
        TLanes r0 = TLanes.Zero, r1 = TLanes.Zero, r2 = TLanes.Zero, r3 = TLanes.Zero;
        for (var term = row.Start; term < row.End; term++)
        {
            var coefficient = TLanes.Broadcast(coefficients[term]);
            var feature = Tile(features, termFeatures[term]);
            var cotangent = Tile(cotangents, termFeatures[term]);
            TLanes f0 = feature[0], f1 = feature[1], f2 = feature[2], f3 = feature[3];
            r0 = TLanes.MultiplyAdd(coefficient, f0, r0);
            r1 = TLanes.MultiplyAdd(coefficient, f1, r1);
            r2 = TLanes.MultiplyAdd(coefficient, f2, r2);
            r3 = TLanes.MultiplyAdd(coefficient, f3, r3);
            cotangent[0] = TLanes.MultiplyAdd(coefficient, h0, cotangent[0]);
            cotangent[1] = TLanes.MultiplyAdd(coefficient, h1, cotangent[1]);
            cotangent[2] = TLanes.MultiplyAdd(coefficient, h2, cotangent[2]);
            cotangent[3] = TLanes.MultiplyAdd(coefficient, h3, cotangent[3]);
            var sum = TLanes.MultiplyAdd(h0, f0, h1 * f1);
            termGradients[term] += TLanes.MultiplyAdd(h2, f2, TLanes.MultiplyAdd(h3, f3, sum));
        }

        var leftCotangent = Tile(cotangents, row.Left);
        leftCotangent[0] = TLanes.MultiplyAdd(output[0], r0, leftCotangent[0]);
        leftCotangent[1] = TLanes.MultiplyAdd(output[1], r1, leftCotangent[1]);
        leftCotangent[2] = TLanes.MultiplyAdd(output[2], r2, leftCotangent[2]);
        leftCotangent[3] = TLanes.MultiplyAdd(output[3], r3, leftCotangent[3]);
    }

    /// <summary>Two rows of the same features: each feature is loaded once for both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddRowPair(TermRow one, TermRow two, int* termFeatures, T* coefficients, TLanes* features, TLanes* outputs)
    {
        TLanes r0 = TLanes.Zero, r1 = TLanes.Zero, r2 = TLanes.Zero, r3 = TLanes.Zero;
        TLanes s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        var others = coefficients + (two.Start - one.Start);
        for (var term = one.Start; term < one.End; term++)
        {
            var coefficient = TLanes.Broadcast(coefficients[term]);
            var other = TLanes.Broadcast(others[term]);
            var feature = Tile(features, termFeatures[term]);
            TLanes f0 = feature[0], f1 = feature[1], f2 = feature[2], f3 = feature[3];
            r0 = TLanes.MultiplyAdd(coefficient, f0, r0);
            r1 = TLanes.MultiplyAdd(coefficient, f1, r1);
            r2 = TLanes.MultiplyAdd(coefficient, f2, r2);
            r3 = TLanes.MultiplyAdd(coefficient, f3, r3);
            s0 = TLanes.MultiplyAdd(other, f0, s0);
            s1 = TLanes.MultiplyAdd(other, f1, s1);
            s2 = TLanes.MultiplyAdd(other, f2, s2);
            s3 = TLanes.MultiplyAdd(other, f3, s3);
        }

        AddTo(Tile(outputs, one.Output), Tile(features, one.Left), r0, r1, r2, r3);
        AddTo(Tile(outputs, two.Output), Tile(features, two.Left), s0, s1, s2, s3);
    }

    /// <summary>The pair backward: adds to the cotangents of its features, both rows at once, and to the gradients of its coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddRowPairGradients(
        TermRow one, TermRow two, int* termFeatures, T* coefficients, TLanes* features, TLanes* cotangents, TLanes* termGradients, TLanes* outputs)
    {
        TLanes* left = Tile(features, one.Left), output = Tile(outputs, one.Output);
        TLanes* otherLeft = Tile(features, two.Left), otherOutput = Tile(outputs, two.Output);
        TLanes h0 = output[0] * left[0], h1 = output[1] * left[1], h2 = output[2] * left[2], h3 = output[3] * left[3];
        TLanes g0 = otherOutput[0] * otherLeft[0], g1 = otherOutput[1] * otherLeft[1], g2 = otherOutput[2] * otherLeft[2], g3 = otherOutput[3] * otherLeft[3];
        TLanes r0 = TLanes.Zero, r1 = TLanes.Zero, r2 = TLanes.Zero, r3 = TLanes.Zero;
        TLanes s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        var others = coefficients + (two.Start - one.Start);
        var otherGradients = termGradients + (two.Start - one.Start);
        for (var term = one.Start; term < one.End; term++)
        {
            var coefficient = TLanes.Broadcast(coefficients[term]);
            var other = TLanes.Broadcast(others[term]);
            var feature = Tile(features, termFeatures[term]);
            var cotangent = Tile(cotangents, termFeatures[term]);
            TLanes f0 = feature[0], f1 = feature[1], f2 = feature[2], f3 = feature[3];
            r0 = TLanes.MultiplyAdd(coefficient, f0, r0);
            r1 = TLanes.MultiplyAdd(coefficient, f1, r1);
            r2 = TLanes.MultiplyAdd(coefficient, f2, r2);
            r3 = TLanes.MultiplyAdd(coefficient, f3, r3);
            s0 = TLanes.MultiplyAdd(other, f0, s0);
            s1 = TLanes.MultiplyAdd(other, f1, s1);
            s2 = TLanes.MultiplyAdd(other, f2, s2);
            s3 = TLanes.MultiplyAdd(other, f3, s3);
            cotangent[0] = TLanes.MultiplyAdd(other, g0, TLanes.MultiplyAdd(coefficient, h0, cotangent[0]));
            cotangent[1] = TLanes.MultiplyAdd(other, g1, TLanes.MultiplyAdd(coefficient, h1, cotangent[1]));
            cotangent[2] = TLanes.MultiplyAdd(other, g2, TLanes.MultiplyAdd(coefficient, h2, cotangent[2]));
            cotangent[3] = TLanes.MultiplyAdd(other, g3, TLanes.MultiplyAdd(coefficient, h3, cotangent[3]));
            var sum = TLanes.MultiplyAdd(h1, f1, TLanes.MultiplyAdd(h0, f0, termGradients[term]));
            termGradients[term] = TLanes.MultiplyAdd(h3, f3, TLanes.MultiplyAdd(h2, f2, sum));
            var otherSum = TLanes.MultiplyAdd(g1, f1, TLanes.MultiplyAdd(g0, f0, otherGradients[term]));
            otherGradients[term] = TLanes.MultiplyAdd(g3, f3, TLanes.MultiplyAdd(g2, f2, otherSum));
        }

        AddTo(Tile(cotangents, one.Left), output, r0, r1, r2, r3);
        AddTo(Tile(cotangents, two.Left), otherOutput, s0, s1, s2, s3);
    }

    /// <summary>target += factor · (r0 … r3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(TLanes* target, TLanes* factor, TLanes r0, TLanes r1, TLanes r2, TLanes r3)
    {
        target[0] = TLanes.MultiplyAdd(factor[0], r0, target[0]);
        target[1] = TLanes.MultiplyAdd(factor[1], r1, target[1]);
        target[2] = TLanes.MultiplyAdd(factor[2], r2, target[2]);
        target[3] = TLanes.MultiplyAdd(factor[3], r3, target[3]);
    }

    /// <summary>result = left · right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(FeatureProduct product, TLanes* features)
    {
        TLanes* result = Tile(features, product.Result), left = Tile(features, product.Left), right = Tile(features, product.Right);
        for (var k = 0; k < Width; k++)
            result[k] = left[k] * right[k];
    }

    /// <summary>The product backward.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyGradients(FeatureProduct product, TLanes* features, TLanes* cotangents)
    {
        TLanes* left = Tile(features, product.Left), right = Tile(features, product.Right);
        TLanes* leftCotangent = Tile(cotangents, product.Left), rightCotangent = Tile(cotangents, product.Right);
        var result = Tile(cotangents, product.Result);
        for (var k = 0; k < Width; k++)
        {
            leftCotangent[k] = TLanes.MultiplyAdd(result[k], right[k], leftCotangent[k]);
            rightCotangent[k] = TLanes.MultiplyAdd(result[k], left[k], rightCotangent[k]);
        }
    }

    /// <summary>(a, b) ← (c·a − s·b, c·b + s·a).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Turn(TLanes* a, TLanes* b, TLanes* sin, TLanes* cos)
    {
        for (var k = 0; k < Width; k++)
            (a[k], b[k]) = ((cos[k] * a[k]) - (sin[k] * b[k]), TLanes.MultiplyAdd(cos[k], b[k], sin[k] * a[k]));
    }

    /// <summary>The inverse turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TurnBack(TLanes* a, TLanes* b, TLanes* sin, TLanes* cos)
    {
        for (var k = 0; k < Width; k++)
            (a[k], b[k]) = (TLanes.MultiplyAdd(cos[k], a[k], sin[k] * b[k]), (cos[k] * b[k]) - (sin[k] * a[k]));
    }
}

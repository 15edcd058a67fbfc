namespace Fovea.Laboratory.Diagnostics;

/// <summary>
/// The points x_q ∈ {2πj/(2F+1)} for every input, and the transform of values there to the coefficients of products of 1, cos(kx_q), sin(kx_q).
/// </summary>
internal sealed class FourierGrid
{
    private readonly int _side;
    private readonly double[] _transform;

    /// <param name="inputs">Number of inputs.</param>
    /// <param name="frequencies">F, the highest frequency of each.</param>
    public FourierGrid(int inputs, int frequencies)
    {
        (InputCount, _side) = (inputs, (2 * frequencies) + 1);
        Points = (int)Math.Pow(_side, inputs);
        Inputs = new double[Points * inputs];
        Orders = new int[Points];
        for (var point = 0; point < Points; point++)
        {
            for (var (input, rest) = (0, point); input < inputs; input++, rest /= _side)
            {
                Inputs[(point * inputs) + input] = Math.Tau * (rest % _side) / _side;
                Orders[point] += rest % _side == 0 ? 0 : 1;
            }
        }

        _transform = Transform();
    }

    /// <summary>Number of inputs.</summary>
    public int InputCount { get; }

    /// <summary>Number of points, and of coefficients.</summary>
    public int Points { get; }

    /// <summary>[point, input].</summary>
    public double[] Inputs { get; }

    /// <summary>[coefficient]: inputs that its term depends on.</summary>
    public int[] Orders { get; }

    /// <summary>Turns values into coefficients, in place.</summary>
    /// <param name="values">[point] on the way in, [coefficient] on the way out.</param>
    public void ToCoefficients(Span<double> values)
    {
        Span<double> line = stackalloc double[_side];
        for (var (input, stride) = (0, 1); input < InputCount; input++, stride *= _side)
        {
            for (var start = 0; start < Points; start++)
            {
                if (start / stride % _side != 0)
                    continue;
                for (var j = 0; j < _side; j++)
                    line[j] = values[start + (j * stride)];
                for (var k = 0; k < _side; k++)
                {
                    var sum = 0.0;
                    for (var j = 0; j < _side; j++)
                        sum += _transform[(k * _side) + j] * line[j];
                    values[start + (k * stride)] = sum;
                }
            }
        }
    }

    /// <summary>Rows: 1, cos x, sin x, cos 2x, sin 2x, …</summary>
    private double[] Transform()
    {
        var transform = new double[_side * _side];
        for (var row = 0; row < _side; row++)
        {
            var frequency = (row + 1) / 2;
            for (var j = 0; j < _side; j++)
            {
                var x = Math.Tau * j / _side;
                transform[(row * _side) + j] = row == 0 ? 1.0 / _side : 2.0 / _side * (
                    int.IsOddInteger(row) ? Math.Cos(frequency * x) : Math.Sin(frequency * x));
            }
        }

        return transform;
    }
}

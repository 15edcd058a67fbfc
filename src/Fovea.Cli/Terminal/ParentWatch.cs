namespace Fovea.Cli.Terminal;

/// <summary>
/// Cancels when standard input ends: the way in which a process asks another to save its state and end, on every system, and the way in which
/// that one notices that nobody is left to ask it.
/// </summary>
internal sealed class ParentWatch : IDisposable
{
    private readonly CancellationTokenSource _source;

    internal ParentWatch(CancellationToken other)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(other);
        var token = _source;
        new Thread(() => Watch(token)) { IsBackground = true, Name = "parent watch" }.Start();
    }

    /// <summary>Cancelled when the input has ended, or by the other token.</summary>
    internal CancellationToken Token => _source.Token;

    public void Dispose() => _source.Dispose();

    private static void Watch(CancellationTokenSource source)
    {
        while (Console.In.ReadLine() is not null) { }
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work is over.
        }
    }
}

using System.Runtime.InteropServices;

namespace Fovea.Cli.Terminal;

/// <summary>
/// Turns the first SIGINT (Ctrl-C) or SIGTERM into a cancelled token, so that work can save its state; a second one ends the
/// process as usual.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    internal Interruption() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];

    internal CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested) return;
        context.Cancel = true;
        _source.Cancel();
    }
}

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

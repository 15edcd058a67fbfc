using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Studio.Serving;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea studio [FOLDER]</c></summary>
internal static class StudioCommand
{
    private const int MostPort = 65535;

    internal static Command Create()
    {
        var folder = CommonOptions.NotEmpty(new Argument<string>("folder")
        {
            Description = "A folder of datasets, runs, studies and reports.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => ".",
        });
        var port = CommonOptions.WholeNumber("--port", "The port; 0 for a free one.", 0, 0, MostPort);
        var listen = CommonOptions.NotEmpty(new Option<string?>("--listen")
        {
            Description = "Serve other machines too, at this address of this one; needs a password.",
            HelpName = "ADDRESS",
        });
        var password = CommonOptions.NotEmpty(new Option<string?>("--password-file")
        {
            Description = "A file with the password in its first line; else from FOVEA_STUDIO_PASSWORD.",
            HelpName = "FILE",
        });
        var command = new Command("studio", "Serve pages over a folder: look at runs and datasets, draw images, train.") { folder, port, listen, password };
        command.SetAction(parsed => CommandRun.Run(
            "nothing is lost",
            work => Serve(parsed.GetValue(folder)!, parsed.GetValue(port), parsed.GetValue(listen), parsed.GetValue(password), work),
            _ => { }));
        return command;
    }

    // In a method of its own: the web server's libraries are loaded when it is called.
    private static bool Serve(string folder, int port, string? listen, string? passwordFile, Work work)
    {
        var options = new StudioOptions
        {
            Folder = folder,
            Port = port,
            Listen = listen,
            Password = Password(listen, passwordFile),
            Program = StudyChild.Program,
        };
        ServeUntil(options, work).GetAwaiter().GetResult();
        return true;
    }

    private static async Task ServeUntil(StudioOptions options, Work work)
    {
        await using var studio = await StudioServer.Start(options, work.Announce);
        work.Announce($"studio of {options.Folder}: {studio.Address}");
        work.Announce("Ctrl-C ends it; trainings that it started go on");
        await studio.Run(work.Cancellation);
    }

    private static string? Password(string? listen, string? file)
    {
        if (file is null) return Environment.GetEnvironmentVariable(StudioOptions.PasswordVariable);
        if (listen is null) throw new InputException("--password-file needs --listen: on this machine the address that is printed lets in");
        if (!File.Exists(file)) throw new InputException($"{file}: no such file; --password-file names a file with the password in its first line");
        return File.ReadLines(file).FirstOrDefault()?.Trim() is { Length: > 0 } password
            ? password
            : throw new InputException($"{file}: its first line is empty; it is the password of --listen");
    }
}

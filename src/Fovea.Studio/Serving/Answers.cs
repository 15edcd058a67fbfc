using Fovea.Studio.Folders;
using Fovea.Studio.Pages;
using Microsoft.AspNetCore.Http;

namespace Fovea.Studio.Serving;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    /// <summary>The methods by which a page is read.</summary>
    internal const string Reading = "GET, HEAD";

    /// <summary>Says by which methods it may be asked.</summary>
    internal static Task NotAllowed(HttpContext context, params IEnumerable<string> allowed)
    {
        context.Response.Headers.Allow = string.Join(", ", allowed);
        return Trouble(
            context, StatusCodes.Status405MethodNotAllowed, "Not this way",
            $"{context.Request.Path.Value} does not take {context.Request.Method}; allowed: {string.Join(", ", allowed)}.");
    }

    internal static Task Page(HttpContext context, string page, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return Text(context, "text/html", page);
    }

    internal static Task Text(HttpContext context, string type, string text)
    {
        context.Response.ContentType = $"{type}; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    internal static async Task Png(HttpContext context, byte[] picture)
    {
        (context.Response.ContentType, context.Response.ContentLength) = ("image/png", picture.Length);
        await context.Response.Body.WriteAsync(picture, context.RequestAborted);
    }

    internal static Task Trouble(HttpContext context, int status, string title, string message) =>
        context.Response.HasStarted ? Task.CompletedTask : Page(context, TroublePage.Text(title, message), status);
}

/// <summary>Sends files out of the studio's folder: those that a browser shows, and none that is hidden or outside.</summary>
internal static class FileAnswers
{
    internal const string Prefix = "/files/";

    private static readonly Dictionary<string, string> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".json"] = "text/plain; charset=utf-8",
        [".jsonl"] = "text/plain; charset=utf-8",
        [".toml"] = "text/plain; charset=utf-8",
        [".csv"] = "text/plain; charset=utf-8",
        [".md"] = "text/plain; charset=utf-8",
        [".txt"] = "text/plain; charset=utf-8",
    };

    internal static async Task Send(HttpContext context, StudioRoot root)
    {
        var name = context.Request.Path.Value![Prefix.Length..];
        if (!s_types.TryGetValue(Path.GetExtension(name), out var type) || root.FileAt(name) is not { } path)
        {
            throw new NotHereException(
                $"There is no file {name} to show in the folder.");
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        // A page of the folder is not the studio's: what it says must not act in the studio's name.
        SecurityHeaders.MarkForeign(context.Response);
        context.Response.ContentType = type;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}

/// <summary>There is nothing of that name.</summary>
/// <param name="message">What was looked for, in one line.</param>
internal sealed class NotHereException(string message) : Exception(message);

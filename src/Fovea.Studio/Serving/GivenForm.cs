using Fovea.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Fovea.Studio.Serving;

/// <summary>Reads forms.</summary>
internal static class GivenForm
{
    private const long MostReadAway = 1L << 30;
    private const int Around = 64 << 10; // the other fields, and what parts them

    /// <summary>What was given, by the fields' names; an empty field is none.</summary>
    internal static IReadOnlyDictionary<string, string> Fields(IEnumerable<KeyValuePair<string, StringValues>> fields) =>
        fields.Where(field => field.Value.ToString().Trim().Length > 0).ToDictionary(field => field.Key, field => field.Value[^1]!, StringComparer.Ordinal);

    /// <exception cref="InputException">What was sent is no form, or too much.</exception>
    internal static async Task<IFormCollection> Read(HttpContext context)
    {
        if (!context.Request.HasFormContentType) throw new InputException("A form is needed here, as the studio's pages send it.");
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new InputException($"The form cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A form that may bring files, which are kept in memory.</summary>
    /// <param name="context">The request.</param>
    /// <param name="most">The most bytes of its files together.</param>
    /// <param name="inWords">The same in words.</param>
    /// <exception cref="InputException">What was sent is no form, or too much.</exception>
    internal static async Task<IFormCollection> ReadWithFiles(HttpContext context, int most, string inWords)
    {
        var request = context.Request;
        if (request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true) return await Read(context);
        var limit = context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        if (request.ContentLength > most + Around)
        {
            limit.MaxRequestBodySize = MostReadAway;
            await ReadAway(request.Body, context.RequestAborted);
            throw new InputException($"The files have {request.ContentLength / (1 << 20)} MiB together; allowed: up to {inWords}.");
        }

        limit.MaxRequestBodySize = most + Around;
        context.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = most, MemoryBufferThreshold = most }));
        return await Read(context);
    }

    // A browser shows no answer while it still sends: what is too much is read and forgotten.
    private static async Task ReadAway(Stream body, CancellationToken cancellation)
    {
        try
        {
            await body.CopyToAsync(Stream.Null, cancellation);
        }
        catch (IOException)
        {
            // More than even that: the connection is cut.
        }
    }
}

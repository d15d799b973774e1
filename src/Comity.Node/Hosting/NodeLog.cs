using System.Globalization;
using Comity.Kernel.Hosting;
using Serilog;
using Serilog.Events;

namespace Comity.Node.Hosting;

/// <summary>The local log: ids and reason codes, never content, never an address of a person.</summary>
internal static class NodeLog
{
    private const string Line =
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    public static void Configure(LoggerConfiguration log, NodeOptions options, NodeMode mode)
    {
        log.MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // A start that fails is told by the command in a sentence; and its warning about caching holds for every page.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Error)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information);
        log.WriteTo.File(
            Path.Combine(options.DataFolder, "log", "comity-.log"),
            rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: 30,
            shared: true,
            outputTemplate: Line,
            formatProvider: CultureInfo.InvariantCulture
        );
        if (mode == NodeMode.Serving)
            log.WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture);
    }
}

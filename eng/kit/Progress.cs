using System.Diagnostics;
using System.Globalization;

namespace Comity.Eng;

/// <summary>
/// Shows that long work moves on: one line that is rewritten on a terminal, a line now and then elsewhere. Words that
/// stay (<see cref="Say"/>) and the moving line share the screen without tearing each other.
/// </summary>
internal sealed class Progress : IDisposable
{
    private static readonly Lock Screen = new();
    private static readonly bool Terminal = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private static string shown = "";

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly string what;
    private readonly Timer timer;
    private string detail = "";
    private bool ended;

    public Progress(string what)
    {
        this.what = what;
        var every = TimeSpan.FromSeconds(Terminal ? 0.5 : 30);
        timer = new Timer(_ => Show(), null, Terminal ? TimeSpan.Zero : every, every);
        if (!Terminal)
        {
            Say($"{what} …");
        }
    }

    public TimeSpan Elapsed => clock.Elapsed;

    public void Detail(string words) => detail = words;

    /// <summary>A line that stays.</summary>
    public static void Say(string line)
    {
        lock (Screen)
        {
            Clear();
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    public static string Clock(TimeSpan time) =>
        time < TimeSpan.FromMinutes(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");

    public void Dispose()
    {
        timer.Dispose();
        lock (Screen)
        {
            ended = true;
            Clear();
        }
    }

    private static void Clear()
    {
        if (shown.Length > 0)
        {
            Console.Error.Write("\r\e[K");
            shown = "";
        }
    }

    private void Show()
    {
        lock (Screen)
        {
            if (ended)
            {
                return;
            }

            var line = detail.Length == 0 ? $"{what} … {Clock(Elapsed)}" : $"{what} … {Clock(Elapsed)}  {detail}";
            if (!Terminal)
            {
                Console.Out.WriteLine(line);
                Console.Out.Flush();
                return;
            }

            Clear();
            shown = line.Length < Width() ? line : line[..Width()];
            Console.Error.Write(shown);
        }
    }

    private static int Width() => Math.Max(20, Console.WindowWidth - 1);
}

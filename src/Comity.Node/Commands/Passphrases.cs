using System.CommandLine;
using System.Text;

namespace Comity.Node.Commands;

/// <summary>Where a command takes a passphrase from: a file, or the terminal. Never from the command line itself.</summary>
internal static class Passphrases
{
    private const int Shortest = 12;

    public static Option<string?> Option() =>
        new("--passphrase-file")
        {
            Description = "A file whose first line is the passphrase; without it the terminal asks.",
        };

    public static string Read(string? file, bool confirm)
    {
        var passphrase = file is null ? Ask(confirm) : File.ReadLines(file).FirstOrDefault() ?? "";
        return passphrase.Length >= Shortest
            ? passphrase
            : throw new CommandException($"A passphrase has at least {Shortest} characters. Nothing was done.");
    }

    private static string Ask(bool confirm)
    {
        if (Console.IsInputRedirected)
            throw new CommandException("A passphrase is needed: name a file with --passphrase-file. Nothing was done.");
        var first = Hidden("Passphrase: ");
        if (confirm && !string.Equals(first, Hidden("The same again: "), StringComparison.Ordinal))
            throw new CommandException("The two differ. Nothing was done.");
        return first;
    }

    private static string Hidden(string prompt)
    {
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
                typed.Length--;
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }
}

using System.CommandLine;
using Comity.Kernel.Hosting;
using Comity.Kernel.Sealing;
using Comity.Node.Commands;
using Comity.Node.Hosting;
using Microsoft.AspNetCore.Http;

namespace Comity.App.Tests.Nodes;

/// <summary>What other users of the machine, and neighbouring hosts, can reach of a node.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("comity-privacy-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_others_can_read_is_found_by_doctor_and_keeps_a_node_from_starting()
    {
        if (OperatingSystem.IsWindows())
            return;
        var options = Lay("https://qm.example/");
        var check = new PrivacyCheck(options);
        Assert.Null(check.Open());
        var paths = new[] { _folder, options.MasterKeyPath, System.IO.Path.Combine(_folder, NodeOptions.FileName) };
        foreach (var path in paths)
        {
            var before = File.GetUnixFileMode(path);
            File.SetUnixFileMode(path, before | UnixFileMode.OtherRead);
            Assert.Equal(path, check.Open());
            Assert.Equal(CheckState.Fail, Assert.Single(await check.LookAsync(null!, default)).State);
            Assert.Equal(1, await CommandLine.RunAsync(Comity.Node.Rooms.Catalog, ["serve", "--data", _folder]));
            File.SetUnixFileMode(path, before);
        }
        Assert.Equal(CheckState.Ok, Assert.Single(await check.LookAsync(null!, default)).State);
    }

    [Fact]
    public void What_this_program_makes_is_for_its_own_user_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        Umask.Close();
        var file = System.IO.Path.Combine(_folder, "made");
        File.WriteAllText(file, "");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var made = System.IO.Directory.CreateDirectory(System.IO.Path.Combine(_folder, "folder"));
        Assert.Equal(Own, made.UnixFileMode);
    }

    [Fact]
    public void A_connection_string_with_a_password_comes_from_a_file()
    {
        var options = new DatabaseOptions();
        var command = new Command("serve");
        foreach (var option in options.All)
            command.Options.Add(option);
        var file = System.IO.Path.Combine(_folder, "database");
        File.WriteAllText(file, "Host=db.example;Password=x\n");
        Assert.Equal("Host=db.example;Password=x", options.Read(command.Parse(["--database-file", file])));
        Assert.Equal("Host=db.example", options.Read(command.Parse(["--database", "Host=db.example"])));
        Assert.Null(options.Read(command.Parse([])));
        Assert.Throws<CommandException>(() =>
            options.Read(command.Parse(["--database", "Host=db.example", "--database-file", file]))
        );
        Assert.Throws<CommandException>(() => options.Read(command.Parse(["--database-file", file + ".not"])));
    }

    [Theory]
    [InlineData("https://qm.example/", true)]
    [InlineData("http://qm.localhost:5001/", false)]
    public void Over_https_the_cookies_are_secure_and_no_neighbouring_host_can_set_them(string url, bool secure)
    {
        var options = Lay(url);
        // Behind a proxy the request itself is plain.
        var context = new DefaultHttpContext();
        new Comity.Accounts.Sessions.SessionCookie(options).Write(context, Guid.Empty, new byte[32]);
        var session = context.Response.Headers.SetCookie.ToString();
        Assert.Equal(secure, session.StartsWith("__Host-", StringComparison.Ordinal));
        Assert.Equal(secure, session.Contains("secure", StringComparison.Ordinal));
        Assert.Contains("path=/", session, StringComparison.Ordinal);
        var form = new FormCookie(options);
        var built = form.Build(context);
        Assert.Equal(secure, form.Name!.StartsWith("__Host-", StringComparison.Ordinal));
        Assert.Equal((secure, true, "/"), (built.Secure, built.HttpOnly, built.Path));
        Assert.Null(built.Domain);
    }

    private NodeOptions Lay(string url)
    {
        var options = new NodeOptions { DataFolder = _folder, BaseUrl = new Uri(url) };
        options.Save();
        MasterKey.Create(options.MasterKeyPath).Dispose();
        return options;
    }
}

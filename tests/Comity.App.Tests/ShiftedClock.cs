namespace Comity.App.Tests;

/// <summary>A clock that goes on like that of the machine, and is wrong by as much as a test says.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
